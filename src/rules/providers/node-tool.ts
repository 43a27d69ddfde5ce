import { mappingVariable, oidcEnabledVariable, oidcProvidersVariable } from '../../domain/variables.ts'
import type { Definition } from '../../inventory/definition.ts'
import { entryOf, type Value } from '../../inventory/value.ts'
import { readMappingArguments } from '../../mas/providers/provider-mapping.ts'
import { eachProvider, mappings, providersVariable, publicClient } from '../facts/providers.ts'
import { switchAt } from '../facts/values.ts'
import { replaceValue } from '../kit/fix.ts'
import { defineRule, prepared, type Violation } from '../kit/rule.ts'

const problems = {
  'not-a-mapping': 'does not have the form `NAME:ULID`',
  'not-a-ulid': 'has no valid ULID',
  'missing-prefix': 'does not start with `oidc-`',
  duplicate: 'repeats a provider that an earlier entry maps',
} as const

const providers = prepared + mappings(providersVariable, publicClient)
const map = (...mappings: readonly string[]) =>
  `${providers}${mappingVariable}:\n${mappings.map(text => `  - "--upstreamProviderMapping ${text}"\n`).join('')}`
const ulid = '01HFVBY12TMNTYTBV8W921M5FA'

export const mappingArguments = defineRule({
  id: 'providers/mapping-arguments',
  severity: 'error',
  dialects: ['syn2mas-tool'],
  why: 'In this dialect, syn2mas stops at an invalid mapping. It also stops at the first account whose provider is mapped to an unknown id of MAS.',
  remedy: `Write \`--upstreamProviderMapping oidc-NAME:ULID\`, with the \`id\` of a provider in \`${providersVariable}\`.`,
  examples: {
    wrong: [
      map('keycloak:01HFVBY12TMNTYTBV8W921M5FA'),
      map('oidc-keycloak'),
      map('oidc-keycloak:keycloak'),
      map(`oidc-a:${ulid}`, `oidc-a:${ulid}`),
      map('oidc-keycloak:01HFVC1K8ZQ8Y6F5J0W4N3T2RS'),
      `${providers}${mappingVariable}: "--upstreamProviderMapping oidc-keycloak:${ulid}"`,
    ],
    right: [
      map(`oidc-keycloak:${ulid}`),
      `${providers}${mappingVariable}: "{{ x }}"`,
      `${prepared}${providersVariable}: "{{ x }}"\n${mappingVariable}: ["--upstreamProviderMapping oidc-a:${ulid}"]`,
      { vars: map('keycloak'), checkout: { dialect: 'mas-cli' } },
    ],
  },
  check: ({ host }): readonly Violation[] => {
    const { value, definition } = host.variable(mappingVariable)
    if (value?.kind === 'string' && value.value.trim() !== '') return [asString(value, definition)]
    if (value?.kind !== 'list') return []
    const words = value.items.flatMap(item => (item.kind === 'string' ? [item.value] : []))
    if (words.length !== value.items.length) return []
    const read = readMappingArguments(words)
    const { place } = value
    const wrong = read.problems.map(({ kind, right }) => ({
      message: `a mapping in \`${mappingVariable}\` ${problems[kind]}`,
      place,
      ...(right !== undefined && { remedy: `Write \`"${right}"\`.` }),
    }))
    const ids =
      host.variable(providersVariable).value?.kind === 'list'
        ? eachProvider(host).map(({ text }) => text('id'))
        : []
    if (ids.length === 0 || ids.includes(undefined)) return wrong
    const unknown = read.mappings.filter(({ ulid }) => !ids.includes(ulid))
    return [
      ...wrong,
      ...unknown.map(({ authProvider }) => ({
        message: `\`${mappingVariable}\` maps \`${authProvider}\` to an unknown provider id`,
        place,
      })),
    ]
  },
})

type StringValue = Extract<Value, { readonly kind: 'string' }>

/** The playbook joins the items of this variable with spaces: of a string, all its characters. */
function asString(value: StringValue, definition: Definition | undefined): Violation {
  const words = value.value.trim().split(/(?<!\s)\s+(?=--)/)
  const isPlain = words.every(word => /^--upstreamProviderMapping[ =][\w.-]+:[0-9A-Z]{26}$/.test(word))
  const list = `[${words.map(word => JSON.stringify(word)).join(', ')}]`
  return {
    message: `\`${mappingVariable}\` is a string, which the playbook splits into its characters`,
    place: value.place,
    suggestion: isPlain ? replaceValue(definition, list) : undefined,
    remedy: `Write a list${isPlain ? `: \`${mappingVariable}: ${list}\`` : ', with one item for each argument'}.`,
  }
}

const synapse = (...lines: readonly string[]) =>
  `${prepared}${oidcEnabledVariable}: true\n${mappings(oidcProvidersVariable, lines)}`
const keys = ['issuer', 'scopes']
const checkout = { dialect: 'syn2mas-tool' } as const
const completeProvider = ['idp_id: a', 'issuer: https://idp.example.test/', 'scopes: [openid]']

export const synapseProviderIncomplete = defineRule({
  id: 'providers/synapse-incomplete',
  severity: 'error',
  stages: ['prepared'],
  dialects: ['syn2mas-tool'],
  needs: 'checkout',
  why: "In this dialect, syn2mas also reads Synapse's providers. It stops at a provider without `issuer` or `scopes`, although Synapse has defaults for them.",
  remedy: 'Set both. To keep the default scopes, add `scopes: [openid]`.',
  examples: {
    wrong: [
      { vars: synapse('idp_id: a', 'issuer: https://idp.example.test/'), checkout },
      { vars: synapse('idp_id: a', 'scopes: [openid]'), checkout },
    ],
    right: [
      { vars: synapse(...completeProvider), checkout },
      { vars: synapse('idp_id: a'), checkout: { dialect: 'mas-cli' } },
      { vars: synapse('idp_id: a').replace('oidc_enabled: true', 'oidc_enabled: false'), checkout },
      synapse('idp_id: a'),
    ],
  },
  check: ({ host }) => {
    const { value } = host.variable(oidcProvidersVariable)
    const isOn = switchAt(host, oidcEnabledVariable).state === 'on'
    if (!isOn || value?.kind !== 'list') return []
    return value.items.flatMap((item, index) => {
      const missing = item.kind === 'map' ? keys.filter(key => !entryOf(item, key)) : []
      const of = (key: string) => `provider ${index + 1} of Synapse has no \`${key}\``
      return missing.map(key => ({ message: of(key), place: item.place }))
    })
  },
})
