import { expect, test } from 'vitest'
import { validate } from '../../../src/generated/upstream-provider.ts'

const start = { id: '01HFVBY12TMNTYTBV8W921M5FA', client_id: 'mas', token_endpoint_auth_method: 'none' }
const disabled = {
  ...start,
  discovery_mode: 'disabled',
  authorization_endpoint: 'https://idp.example.test/a',
  token_endpoint: 'https://idp.example.test/t',
}
const jwks = { jwks_uri: 'https://idp.example.test/j' }
const fetching = { fetch_userinfo: true, userinfo_endpoint: 'https://idp.example.test/u' }

/** The same as the rule `providers/discovery` asks for, for editors. */
test.each([
  [true, { ...disabled, ...jwks }],
  [false, disabled],
  [true, { ...disabled, ...fetching, scope: 'read:user' }],
  [false, { ...disabled, ...fetching }],
  [false, { ...disabled, ...fetching, scope: 'profile openid' }],
  [false, { ...disabled, ...fetching, scope: 'a', userinfo_signed_response_alg: 'RS256' }],
  [false, { ...disabled, ...jwks, fetch_userinfo: true }],
  [false, { ...disabled, ...jwks, token_endpoint: undefined }],
])('the schema takes an undiscovered provider: %s for %j', (accepted, provider) => {
  expect(validate([JSON.parse(JSON.stringify(provider))])).toBe(accepted)
})
