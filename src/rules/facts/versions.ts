import type { Dialect } from '../../domain/stage.ts'
import type { Definition } from '../../inventory/definition.ts'
import type { Host } from '../../inventory/inventory.ts'
import { dialectOf } from '../../playbook/dialect-variables.ts'
import type { HostContext } from '../kit/rule.ts'
import { plainText } from './values.ts'
import { validatedVersionVariable } from './variables.ts'

export const versionVariable = 'matrix_authentication_service_version'
export const synapseVersionVariable = 'matrix_synapse_version'

/** Major, minor and patch. */
export type Version = readonly [number, number, number]

/** The variables that pin a version, strongest first: an image with its tag, a tag, or the version that makes the tag. */
const pins = {
  Synapse: [
    'matrix_synapse_container_image',
    'matrix_synapse_docker_image',
    'matrix_synapse_container_image_tag',
    'matrix_synapse_docker_image_tag',
    synapseVersionVariable,
  ],
  MAS: ['matrix_authentication_service_container_image', versionVariable],
} as const

export type Component = keyof typeof pins

/** The version that the vars pin, with the definition; `undefined` if it is the playbook's or unknown. */
export function pinnedVersion(
  host: Host,
  component: Component,
): { readonly version: Version; readonly definition: Definition } | undefined {
  const name = pins[component].find(each => host.variable(each).definition)
  const pinned = name === undefined ? undefined : plainText(host, name)
  const version = pinned && parse(pinned.text)
  return pinned && version && { version, definition: pinned.definition }
}

/** The version of MAS that the vars or the checkout pin. */
export function masVersion({ host, checkout }: Pick<HostContext, 'host' | 'checkout'>): Version | undefined {
  const isPinned = pins.MAS.some(name => host.variable(name).definition)
  if (isPinned) return pinnedVersion(host, 'MAS')?.version
  const [byDefault] = checkout?.variables?.defaultsOf(versionVariable) ?? []
  return parse(byDefault?.text ?? '')
}

/** A version, or the tag of an image with one. A digest or a tag such as `latest` says nothing. */
function parse(text: string): Version | undefined {
  const tag = text.includes('@') ? '' : text.slice(text.lastIndexOf(':') + 1)
  const [, major, minor, patch] = /^["']?v?(\d+)\.(\d+)\.(\d+)/.exec(tag) ?? []
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)]
}

export function isAtLeast(version: Version, [major, minor, patch = 0]: readonly [number, number, number?]) {
  return compare(version, [major, minor, patch]) >= 0
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}

/** The dialect of the checkout or, without one, of a variable that only one of the playbooks has. */
export function knownDialect({
  host,
  checkout,
}: Pick<HostContext, 'host' | 'checkout'>): Dialect | undefined {
  if (checkout) return checkout.dialect
  if (host.variable(validatedVersionVariable).definition) return 'mas-cli'
  for (const name of host.variableNames()) {
    const dialect = dialectOf(name)
    if (dialect) return dialect
  }
  return undefined
}
