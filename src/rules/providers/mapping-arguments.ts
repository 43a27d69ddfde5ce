import { readMappingArguments } from '../../mas/providers/provider-mapping.ts'
import { eachProvider, providersVariable, publicClient } from '../facts/providers.ts'
import { prepared } from '../facts/stages.ts'
import { mappingVariable } from '../facts/synapse-links.ts'
import { defineRule, type Violation } from '../kit/rule.ts'

const problems = {
  'not-a-mapping': 'does not have the form `NAME:ULID`',
  'not-a-ulid': 'has no valid ULID',
  'missing-prefix': 'does not start with `oidc-`',
  duplicate: 'repeats a provider that an earlier entry maps',
} as const

const providers = `${prepared}${providersVariable}:\n  - ${publicClient.join('\n    ')}\n`
const map = (...mappings: readonly string[]) =>
  `${providers}${mappingVariable}:\n${mappings.map(text => `  - "--upstreamProviderMapping ${text}"\n`).join('')}`
const ulid = '01HFVBY12TMNTYTBV8W921M5FA'

export const mappingArguments = defineRule({
  id: 'providers/mapping-arguments',
  severity: 'error',
  dialects: ['syn2mas-tool'],
  why: 'The Node tool stops at an invalid mapping. It also stops at the first account whose provider is mapped to an unknown id of MAS.',
  remedy: `Write \`--upstreamProviderMapping oidc-NAME:ULID\`, with the \`id\` of a provider in \`${providersVariable}\`.`,
  examples: {
    wrong: [
      map('keycloak:01HFVBY12TMNTYTBV8W921M5FA'),
      map('oidc-keycloak'),
      map('oidc-keycloak:keycloak'),
      map(`oidc-a:${ulid}`, `oidc-a:${ulid}`),
      map('oidc-keycloak:01HFVC1K8ZQ8Y6F5J0W4N3T2RS'),
    ],
    right: [
      map(`oidc-keycloak:${ulid}`),
      `${providers}${mappingVariable}: "{{ x }}"`,
      `${prepared}${providersVariable}: "{{ x }}"\n${mappingVariable}: ["--upstreamProviderMapping oidc-a:${ulid}"]`,
      { vars: map('keycloak'), checkout: { dialect: 'mas-cli' } },
    ],
  },
  check: ({ host }): readonly Violation[] => {
    const { value } = host.variable(mappingVariable)
    if (value?.kind !== 'list') return []
    const words = value.items.flatMap(item => (item.kind === 'string' ? [item.value] : []))
    if (words.length !== value.items.length) return []
    const read = readMappingArguments(words)
    const { place } = value
    const wrong = read.problems.map(({ problem }) => ({
      message: `a mapping in \`${mappingVariable}\` ${problems[problem]}`,
      place,
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
