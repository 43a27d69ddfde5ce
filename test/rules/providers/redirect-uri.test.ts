import { expect, test } from 'vitest'
import { askAbout } from '../../../scripts/rule-examples.ts'
import { mappingVariable } from '../../../src/domain/variables.ts'
import { providersVariable, publicClient } from '../../../src/rules/facts/providers.ts'
import { prepared } from '../../../src/rules/kit/rule.ts'
import { providerRedirectUri } from '../../../src/rules/providers/redirect-uri.ts'

const list = (...lines: readonly string[]) => `${providersVariable}:\n  - ${lines.join('\n    ')}\n`
const domain = 'matrix_domain: example.test'
const ulid = '01HFVBY12TMNTYTBV8W921M5FA'
const variable = (name: string, value: string) => `matrix_authentication_service_${name}: ${value}`

test.each([
  [[domain], `https://matrix.example.test/auth/upstream/callback/${ulid}`],
  [[domain, variable('path_prefix', '/')], `https://matrix.example.test/upstream/callback/${ulid}`],
  [
    [domain, variable('hostname', 'auth.example.test')],
    `https://auth.example.test/auth/upstream/callback/${ulid}`,
  ],
  [[variable('hostname', '"{{ x }}"')], `https://HOST/PREFIX/upstream/callback/${ulid}`],
  [[domain, variable('path_prefix', '"{{ x }}"')], `https://HOST/PREFIX/upstream/callback/${ulid}`],
  [
    [domain, variable('config_http_public_base', 'https://a.test/')],
    `https://a.test/upstream/callback/${ulid}`,
  ],
])('with %j the redirect URI is %s', (lines, uri) => {
  const { violations } = askAbout(
    providerRedirectUri,
    `${prepared}${lines.join('\n')}\n${list(...publicClient)}`,
  )
  expect(violations.map(({ message }) => /`(https:[^`]*)`$/.exec(message)?.[1])).toEqual([uri])
})

test.each([
  [['synapse_idp_id: oidc-sso'], 'provider 1 (`oidc-sso`) of'],
  [[], 'provider 1 (`oidc-sso`) of', `${mappingVariable}: ["--upstreamProviderMapping oidc-sso:${ulid}"]\n`],
  [['synapse_idp_id: invented'], 'provider 1 of'],
  [[], 'provider 1 of'],
])('the provider is named as Synapse calls it: %j', (lines, name, more = '') => {
  const { violations } = askAbout(
    providerRedirectUri,
    `${prepared}${domain}\n${more}${list(...publicClient, ...lines)}`,
  )
  expect(violations.map(({ message }) => message.includes(`the redirect URI of ${name}`))).toEqual([true])
})
