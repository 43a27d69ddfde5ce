import { describe, expect, test } from 'vitest'
import { askAbout } from '../../../scripts/rule-examples.ts'
import {
  id,
  issuer,
  providerList,
  providersVariable,
  publicClient,
  whole,
} from '../../../src/rules/facts/providers.ts'
import { type Example, prepared, type Rule } from '../../../src/rules/kit/rule.ts'
import { providerClientSecret, providerMethodSettings } from '../../../src/rules/providers/authentication.ts'
import { providerClaims } from '../../../src/rules/providers/claims.ts'
import { providerIssuer } from '../../../src/rules/providers/issuer.ts'
import { mappingArguments } from '../../../src/rules/providers/node-tool.ts'
import { keysAt } from '../../../src/rules/providers/schema.ts'
import { providerTemplate } from '../../../src/rules/providers/template.ts'

const messages = (rule: Rule, example: Example) =>
  askAbout(rule, example).violations.map(({ message }) => message)

describe('an issuer without a trailing slash', () => {
  test.each([
    'https://accounts.google.com',
    'https://gitlab.com',
    'https://appleid.apple.com',
    'https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0',
    'https://idp.example.test/realms/main',
    'https://idp.example.test/auth/realms/main',
  ])('is right as %s only', address => {
    const withIssuer = (text: string) => providerList(id, `issuer: ${text}`, ...publicClient.slice(2))
    expect(messages(providerIssuer, withIssuer(address))).toEqual([])
    expect(messages(providerIssuer, withIssuer(`${address}/`))).toEqual([
      expect.stringContaining('ends with a slash'),
    ])
  })
})

describe('an authentication method', () => {
  const start = [id, issuer, 'client_id: mas']
  test.each([
    ['client_secret_basic', true],
    ['client_secret_post', true],
    ['client_secret_jwt', true],
    ['none', false],
    ['private_key_jwt', false],
    ['sign_in_with_apple', false],
  ])('%s needs a secret: %s', (method, needs) => {
    const lines = [...start, `token_endpoint_auth_method: ${method}`]
    expect(messages(providerClientSecret, providerList(...lines)).length).toBe(needs ? 1 : 0)
    expect(messages(providerClientSecret, providerList(...lines, 'client_secret: x')).length).toBe(
      needs ? 0 : 1,
    )
  })

  test.each([
    ['client_secret_basic', []],
    ['client_secret_post', []],
    ['none', []],
    ['client_secret_jwt', ['token_endpoint_auth_signing_alg']],
    ['private_key_jwt', ['token_endpoint_auth_signing_alg']],
    ['sign_in_with_apple', ['sign_in_with_apple']],
  ])('%s goes with the settings %j', (method, wanted) => {
    const lines = [...start, `token_endpoint_auth_method: ${method}`]
    expect(messages(providerMethodSettings, providerList(...lines))).toEqual(
      wanted.map(key => expect.stringContaining(`no \`${key}\``)),
    )
    for (const key of ['token_endpoint_auth_signing_alg', 'sign_in_with_apple']) {
      const isReported = messages(providerMethodSettings, providerList(...lines, `${key}: {}`)).some(
        message => message.includes(`\`${key}\`, which its authentication method does not use`),
      )
      expect(isReported).toBe(!wanted.includes(key))
    }
  })
})

test.each([
  'user',
  'id_token_claims',
  'userinfo_claims',
  'extra_callback_parameters',
  'params',
  'logged_out',
])('a template that speaks of %s is for MAS', name => {
  const template = providerList(
    ...whole,
    'claims_imports:',
    '  email:',
    `    template: "{{ ${name} | string }}"`,
  )
  expect(messages(providerTemplate, template)).toEqual([expect.stringContaining('email.template')])
})

test.each(['email', 'displayname'])('%s cannot be a suggestion without a confirmation', claim => {
  const lines = [
    '  skip_confirmation: true',
    '  localpart: {action: require}',
    `  ${claim}: {action: suggest}`,
  ]
  expect(messages(providerClaims, providerList(...whole, 'claims_imports:', ...lines))).toEqual([
    expect.stringContaining(`\`${claim}.action\``),
  ])
})

test.each([
  ['oidc-keycloak', 'does not have the form'],
  ['oidc-keycloak:1', 'has no valid ULID'],
  ['keycloak:01HFVBY12TMNTYTBV8W921M5FA', 'does not start with `oidc-`'],
  [
    'oidc-a:01HFVBY12TMNTYTBV8W921M5FA --upstreamProviderMapping oidc-a:01HFVBY12TMNTYTBV8W921M5FA',
    'repeats a provider that an earlier entry maps',
  ],
])('the mapping %s %s', (mapping, complaint) => {
  const vars = `${prepared}${providersVariable}:\n  - ${publicClient.join('\n    ')}
matrix_authentication_service_syn2mas_process_extra_arguments: ["--upstreamProviderMapping ${mapping}"]\n`
  expect(messages(mappingArguments, vars)).toEqual([expect.stringContaining(complaint)])
})

test('the keys suggested for misspelled ones are the keys of the schema', async () => {
  const { default: schema } = await import('../../../schemas/upstream-provider.schema.json', {
    with: { type: 'json' },
  })
  const { properties } = schema.definitions.provider
  expect([...keysAt('/0')].sort()).toEqual(Object.keys(properties).sort())
  expect([...keysAt('/0/claims_imports')].sort()).toEqual(
    Object.keys(properties.claims_imports.properties).sort(),
  )
})
