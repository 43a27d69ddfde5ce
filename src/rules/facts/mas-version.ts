import type { HostContext } from '../kit/rule.ts'

export const versionVariable = 'matrix_authentication_service_version'

/** Major and minor. */
export type Version = readonly [number, number]

/** The version of MAS that the vars or the checkout pin. */
export function masVersion({ host, checkout }: HostContext): Version | undefined {
  const variable = host.variable(versionVariable)
  if (variable.state !== 'absent' && variable.value?.kind !== 'string') return undefined
  const [byDefault] = checkout?.variables?.defaultsOf(versionVariable) ?? []
  const text = variable.value?.kind === 'string' ? variable.value.value : (byDefault?.text ?? '')
  const [, major, minor] = /^["']?v?(\d+)\.(\d+)\./.exec(text) ?? []
  return major === undefined || minor === undefined ? undefined : [Number(major), Number(minor)]
}

export function isAtLeast([major, minor]: Version, first: Version): boolean {
  return major > first[0] || (major === first[0] && minor >= first[1])
}
