import type { Place } from '../../domain/finding.ts'
import type { Host, Variable } from '../../inventory/inventory.ts'
import { entryOf, type Value } from '../../inventory/value.ts'
import { authProviderOf, readMappingArguments } from '../../mas/provider-mapping.ts'
import { prepared } from '../stages.ts'
import { switchAt } from '../switches.ts'
import { oidcEnabledVariable, oidcProvidersVariable } from '../synapse/oidc.ts'
import { eachProvider, type Provider, providersVariable } from './providers.ts'

export const mappingVariable = 'matrix_authentication_service_syn2mas_process_extra_arguments'

/** A provider of Synapse, by the name under which Synapse stores links of accounts to it. */
export interface SynapseProvider {
  readonly authProvider: string
  readonly idpId: string | undefined
  readonly issuer: string | undefined
  readonly clientId: string | undefined
  readonly place: Place
  /** The whole of it, as the vars have it. */
  readonly value: Value
}

/** The providers that Synapse has switched on and whose name can be told; `untold` where there may be others. */
export function synapseProviders(host: Host): {
  readonly known: readonly SynapseProvider[]
  readonly untold: boolean
} {
  const isOn = switchAt(host, oidcEnabledVariable).state
  if (isOn === 'off' || isOn === 'absent') return { known: [], untold: isOn === 'absent' && isHidden(host) }
  const { value, state } = host.variable(oidcProvidersVariable)
  if (value?.kind !== 'list') return { known: [], untold: state !== 'absent' }
  const found = value.items.map(providerOf)
  return { known: found.filter(provider => provider !== undefined), untold: found.includes(undefined) }
}

/** Whether a file that cannot be read could switch it on; a vault is taken for a place of secrets. */
function isHidden(host: Host): boolean {
  const { state, vaults } = host.variable(oidcEnabledVariable)
  return state !== 'absent' && !vaults
}

function providerOf(item: Value): SynapseProvider | undefined {
  if (item.kind !== 'map') return undefined
  const idp = entryOf(item, 'idp_id')?.value
  if (idp && idp.kind !== 'string' && idp.kind !== 'null') return undefined
  const idpId = idp?.kind === 'string' ? idp.value : undefined
  return {
    authProvider: authProviderOf(idpId),
    idpId,
    issuer: textOf(item, 'issuer'),
    clientId: textOf(item, 'client_id'),
    place: (idp ?? item).place,
    value: item,
  }
}

/** Each provider of MAS with the provider of Synapse that it takes over by `synapse_idp_id`, where both are plain. */
export function mappedProviders(
  host: Host,
): readonly { readonly mas: Provider; readonly synapse: SynapseProvider }[] {
  const { known } = synapseProviders(host)
  return eachProvider(host).flatMap(mas => {
    const synapse = known.find(({ authProvider }) => authProvider === mas.text('synapse_idp_id'))
    return synapse ? [{ mas, synapse }] : []
  })
}

function textOf(map: Value, key: string): string | undefined {
  const value = entryOf(map, key)?.value
  return value?.kind === 'string' ? value.value : undefined
}

/** Which providers of Synapse MAS takes over; `untold` where a mapping cannot be seen. */
export interface Links {
  /** By `synapse_idp_id`, which today's tool reads. */
  readonly byKey: ReadonlySet<string>
  /** By `--upstreamProviderMapping`, which the Node tool reads. */
  readonly byArgument: ReadonlySet<string>
  readonly untold: { readonly key: boolean; readonly argument: boolean }
  /** Vault files that could hold the one list or the other, of which nothing is plain. */
  readonly vaults: { readonly key: readonly string[]; readonly argument: readonly string[] }
}

export function linksOf(host: Host): Links {
  const providers = eachProvider(host)
  const list = host.variable(providersVariable)
  const keys = providers.map(({ part }) => part('synapse_idp_id'))
  const hiddenItem = list.value?.kind === 'list' && list.value.items.length !== providers.length
  const listUntold = isUntold(list) || hiddenItem
  const args = host.variable(mappingVariable)
  const words = args.value?.kind === 'list' ? args.value.items : []
  const texts = words.flatMap(word => (word.kind === 'string' ? [word.value] : []))
  return {
    byKey: new Set(keys.flatMap(key => (key?.kind === 'string' ? [key.value] : []))),
    byArgument: new Set(readMappingArguments(texts).mappings.map(({ authProvider }) => authProvider)),
    untold: {
      key: listUntold || keys.some(key => key && key.kind !== 'string'),
      argument: isUntold(args) || texts.length !== words.length,
    },
    vaults: { key: list.vaults ?? [], argument: args.vaults ?? [] },
  }
}

function isUntold({ state, value, vaults }: Variable): boolean {
  return state !== 'absent' && value?.kind !== 'list' && !vaults
}

/** The one provider of MAS that is the same service, by issuer and client, and names no provider of Synapse yet. */
export function sameService(host: Host, { issuer, clientId }: SynapseProvider): Provider | undefined {
  if (issuer === undefined) return undefined
  const same = eachProvider(host).filter(
    ({ part, text }) =>
      !part('synapse_idp_id') && text('issuer') === issuer && text('client_id') === clientId,
  )
  return same.length === 1 ? same[0] : undefined
}

/** The vars of a prepared host whose Synapse has a provider, for examples. */
export const withSynapse = `${prepared}${oidcEnabledVariable}: true
${oidcProvidersVariable}:
  - idp_id: keycloak
    issuer: https://idp.example.test/
    client_id: mas
`
/** The same with more lines of Synapse's provider, and a provider of MAS that takes it over, with more lines of its own. */
export const withMapped = (ofSynapse: readonly string[], ofMas: readonly string[]) =>
  `${withSynapse}${ofSynapse.map(line => `    ${line}\n`).join('')}${providersVariable}:
  - ${[...mapped, ...ofMas].join('\n    ')}
`
const mapped = [
  'id: 01HFVBY12TMNTYTBV8W921M5FA',
  'synapse_idp_id: oidc-keycloak',
  'issuer: https://idp.example.test/',
  'client_id: mas',
  'token_endpoint_auth_method: none',
]
/** The same with providers of MAS. */
export const withBoth = (...lines: readonly string[]) =>
  `${withSynapse}${providersVariable}:\n  - ${lines.join('\n    ')}\n`
