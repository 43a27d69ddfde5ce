import type { Place } from '../../domain/finding.ts'
import type { Dialect } from '../../domain/stage.ts'
import { mappingVariable, oidcEnabledVariable, oidcProvidersVariable } from '../../domain/variables.ts'
import type { Definition } from '../../inventory/definition.ts'
import type { Host } from '../../inventory/inventory.ts'
import { textAt, type Value, valueAt } from '../../inventory/value.ts'
import { authProviderOf, readMappingArguments } from '../../mas/providers/provider-mapping.ts'
import { oncePer } from '../kit/once-per.ts'
import { type HostContext, prepared } from '../kit/rule.ts'
import { beforeMigration } from './extensions.ts'
import {
  eachProvider,
  isUnknown,
  mappingArgumentsOf,
  mappings,
  namesByArgument,
  type Provider,
  providersVariable,
} from './providers.ts'
import { isUnset, switchAt } from './values.ts'

/** A provider of Synapse, with the name under which Synapse stores account links. */
export interface SynapseProvider {
  /** The index in the list, from 0. */
  readonly index: number
  readonly value: Value
  readonly authProvider: string
  readonly idpId: string | undefined
  readonly issuer: string | undefined
  readonly clientId: string | undefined
  readonly place: Place
}

/** The enabled providers of Synapse with a known name; `incomplete` if there may be others. */
export function synapseProviders(host: Host): {
  readonly known: readonly SynapseProvider[]
  readonly incomplete: boolean
  /** Jinja decides whether they are enabled. */
  readonly isUnclear?: boolean
} {
  const isOn = switchAt(host, oidcEnabledVariable).state
  if (isOn === 'off' || isOn === 'absent')
    return { known: [], incomplete: isOn === 'absent' && isHidden(host) }
  const { value, state } = host.variable(oidcProvidersVariable)
  if (value?.kind !== 'list') return { known: [], incomplete: state !== 'absent' }
  const known = listedProviders(value)
  return { known, incomplete: known.length < value.items.length, isUnclear: isOn === 'unclear' }
}

/** All providers of a list with a known name, enabled or not. */
export function listedProviders(list: Value): readonly SynapseProvider[] {
  return list.kind === 'list' ? list.items.flatMap((item, index) => providerOf(item, index) ?? []) : []
}

/** The providers that syn2mas sees. If the change that migrates removes them, those of the base. */
export function migratedProviders(context: HostContext): {
  readonly providers: readonly SynapseProvider[]
  readonly fromBase: boolean
  readonly isUnclear: boolean
} {
  const own = synapseProviders(context.host)
  const before = own.known.length > 0 ? undefined : beforeMigration(context)
  const { known, isUnclear = false } = before ? synapseProviders(before) : own
  return { providers: known, fromBase: own.known.length === 0, isUnclear }
}

/** Whether an unreadable file could turn it on. Vaults are expected to contain only secrets. */
function isHidden(host: Host): boolean {
  const { state, vaults } = host.variable(oidcEnabledVariable)
  return state !== 'absent' && !vaults
}

function providerOf(item: Value, index: number): SynapseProvider | undefined {
  if (item.kind !== 'map') return undefined
  const idp = valueAt(item, 'idp_id')
  if (idp && idp.kind !== 'string' && idp.kind !== 'null') return undefined
  const idpId = idp?.kind === 'string' ? idp.value : undefined
  return {
    index,
    value: item,
    authProvider: authProviderOf(idpId),
    idpId,
    issuer: textAt(item, 'issuer'),
    clientId: textAt(item, 'client_id'),
    place: idp && holds(item.place, idp.place) ? idp.place : item.place,
  }
}

/** Whether a place starts inside another one. Merged entries of a mapping do not. */
export function holds(outer: Place, { file, line, column }: Place): boolean {
  const { endLine = outer.line, endColumn = outer.column } = outer
  const begins = outer.line < line || (outer.line === line && outer.column <= column)
  return outer.file === file && begins && (line < endLine || (line === endLine && column < endColumn))
}

/** The list with enabled providers of Synapse that only Ansible can read, while MAS has no list at all. */
export function unreadProviders(host: Host): Definition | undefined {
  return synapseProviders(host).incomplete && isUnset(host, providersVariable)
    ? host.variable(oidcProvidersVariable).definition
    : undefined
}

/** The providers of Synapse that MAS takes over; `hidden` if a mapping may be unreadable. */
export interface Links {
  /** From `synapse_idp_id`, which today's tool reads. */
  readonly byKey: ReadonlySet<string>
  /** From `--upstreamProviderMapping`, which the Node tool reads. */
  readonly byArgument: ReadonlySet<string>
  readonly hidden: { readonly key: boolean; readonly argument: boolean }
  /** Vault files that could contain either list, if no part of it is plain. */
  readonly vaults: { readonly key: readonly string[]; readonly argument: readonly string[] }
}

export function linksOf(host: Host): Links {
  const providers = eachProvider(host)
  const list = host.variable(providersVariable)
  const keys = providers.map(({ part }) => part('synapse_idp_id'))
  const hiddenItem = list.value?.kind === 'list' && list.value.items.length !== providers.length
  const isListHidden = isUnknown(list) || hiddenItem
  const { texts, hidden } = mappingArgumentsOf(host)
  return {
    byKey: new Set(keys.flatMap(key => (key?.kind === 'string' ? [key.value] : []))),
    byArgument: new Set(readMappingArguments(texts).mappings.map(({ authProvider }) => authProvider)),
    hidden: {
      key: isListHidden || keys.some(key => key && key.kind !== 'string'),
      argument: hidden,
    },
    vaults: { key: list.vaults ?? [], argument: host.variable(mappingVariable).vaults ?? [] },
  }
}

/** Whether MAS takes over a provider, or may do so, with the migration tool of a dialect. */
export function isLinked(
  { byKey, byArgument, hidden }: Links,
  name: string,
  dialect: Dialect | undefined,
): boolean {
  const key = dialect !== 'syn2mas-tool' && (hidden.key || byKey.has(name))
  const argument = dialect !== 'mas-cli' && (hidden.argument || byArgument.has(name))
  return key || argument
}

/** A provider of Synapse, and the provider of MAS that takes over its accounts. */
export interface Mapped {
  readonly synapse: SynapseProvider
  readonly mas: Provider
  /** Whether the Synapse provider is only in the base. */
  readonly fromBase: boolean
}

/** All mapped providers, for the migration tool of the dialect. */
export const mappedProviders = oncePer((context: HostContext): readonly Mapped[] => {
  const { host, checkout } = context
  const { providers, fromBase } = migratedProviders(context)
  if (providers.length === 0) return []
  const byName = new Map<string, Set<Provider>>()
  const add = (name: string | undefined, mas: Provider) => {
    if (name !== undefined) byName.set(name, (byName.get(name) ?? new Set()).add(mas))
  }
  if (checkout?.dialect !== 'syn2mas-tool') {
    for (const mas of eachProvider(host)) add(mas.text('synapse_idp_id'), mas)
  }
  if (checkout?.dialect !== 'mas-cli') {
    const names = namesByArgument(host)
    for (const mas of eachProvider(host)) add(names.get(mas.text('id') ?? ''), mas)
  }
  return providers.flatMap(synapse =>
    [...(byName.get(synapse.authProvider) ?? [])].map(mas => ({ synapse, mas, fromBase })),
  )
})

/** The one provider of MAS with the same issuer and client that is not mapped yet. */
export function sameService(host: Host, { issuer, clientId }: SynapseProvider): Provider | undefined {
  if (issuer === undefined) return undefined
  const same = eachProvider(host).filter(
    ({ part, text }) =>
      !part('synapse_idp_id') && text('issuer') === issuer && text('client_id') === clientId,
  )
  return same.length === 1 ? same[0] : undefined
}

/**
 * How to map a provider of Synapse, with the exact values where they are known.
 *
 * @param mas The provider that takes it over, if there is one already.
 */
export function howToMap(
  authProvider: string,
  dialect: Dialect | undefined,
  mas: Provider | undefined,
): string {
  const key = `\`synapse_idp_id: ${authProvider}\``
  const argument = `\`"--upstreamProviderMapping ${authProvider}:${mas?.text('id') ?? 'ULID'}"\` in the list \`${mappingVariable}\``
  const addition = `Add the provider to \`${providersVariable}\``
  const byKey = mas ? `Add ${key} to ${mas.name}.` : `${addition}, with ${key}.`
  switch (dialect) {
    case 'mas-cli':
      return byKey
    case 'syn2mas-tool':
      return mas ? `Map it with ${argument}.` : `${addition}, and map it with ${argument}.`
    case undefined:
      return `${byKey} For the dialect \`syn2mas-tool\`, map it with ${argument} instead.`
  }
}

/** Examples: the vars of a prepared host with a provider in Synapse. */
export const withSynapse = `${prepared}${oidcEnabledVariable}: true
${oidcProvidersVariable}:
  - idp_id: keycloak
    issuer: https://idp.example.test/
    client_id: mas
`
/** The same with providers of MAS. */
export const withBoth = (...lines: readonly string[]) => withMapped([], lines)
/** The same with more lines for the Synapse provider. */
export const withMapped = (synapse: readonly string[], mas: readonly string[]) =>
  `${withSynapse}${synapse.map(line => `    ${line}\n`).join('')}${mappings(providersVariable, mas)}`
