import type { Place } from '../../domain/finding.ts'
import type { Host } from '../../inventory/inventory.ts'
import { entryOf, type Value } from '../../inventory/value.ts'

export const providersVariable = 'matrix_authentication_service_config_upstream_oauth2_providers'
/** Ids for examples. */
export const ids = ['01HFVBY12TMNTYTBV8W921M5FA', '01HFVC1K8ZQ8Y6F5J0W4N3T2RS'] as const

interface Provider {
  readonly id: string
  readonly issuer: string | undefined
  readonly clientId: string | undefined
  readonly place: Place
}

/** The providers of a host if all ids are plain; otherwise they cannot be compared. */
function providersOf(host: Host | undefined): readonly Provider[] | undefined {
  const { value } = host?.variable(providersVariable) ?? {}
  if (value?.kind !== 'list') return undefined
  const providers = value.items.map(item => {
    const id = entryOf(item, 'id')?.value
    return id?.kind === 'string'
      ? { id: id.value, issuer: textOf(item, 'issuer'), clientId: textOf(item, 'client_id'), place: id.place }
      : undefined
  })
  return providers.includes(undefined) ? undefined : providers.filter(provider => provider !== undefined)
}

function textOf(provider: Value, key: string): string | undefined {
  const value = entryOf(provider, key)?.value
  return value?.kind === 'string' ? value.value : undefined
}

function isSameService(a: Provider, b: Provider): boolean {
  if (a.issuer !== undefined && b.issuer !== undefined) return a.issuer === b.issuer
  return a.clientId !== undefined && a.clientId === b.clientId
}

/** Providers of the base that the change removes, each with its successor. */
export function removedProviders(
  before: Host | undefined,
  host: Host,
): readonly { old: Provider; successor?: Provider }[] {
  const [old, now] = [providersOf(before), providersOf(host)]
  if (!old || !now) return []
  const added = now.filter(({ id }) => !old.some(provider => provider.id === id))
  return old
    .filter(({ id }) => !now.some(provider => provider.id === id))
    .map(provider => {
      const successor = added.find(candidate => isSameService(candidate, provider))
      return successor ? { old: provider, successor } : { old: provider }
    })
}

export const provider = (id: string, issuer: string) =>
  `  - id: ${id}\n    issuer: ${issuer}\n    client_id: mas\n    token_endpoint_auth_method: none\n`
export const idp = 'https://idp.example.test/'
export const list = (stage: string, ...providers: readonly string[]) =>
  `${stage}${providersVariable}:\n${providers.join('')}`
