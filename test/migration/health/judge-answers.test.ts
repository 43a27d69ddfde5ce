import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  judgeAdvertisedIssuer,
  judgeAuthMetadata,
  judgeClientWellKnown,
  judgeHomeserver,
  judgeLogin,
  judgeLogout,
  judgePage,
  judgeRefresh,
  judgeServerWellKnown,
  judgeSigningKeys,
  judgeUpstream,
  masDocument,
} from '../../../src/migration/health/judge-answers.ts'
import type { Outcome } from '../../../src/migration/health/tasks.ts'
import { type WebAnswer, WebFailure } from '../../../src/server/public-web.ts'

const open = { 'access-control-allow-origin': '*' }
const json = (value: unknown, status = 200, headers: WebAnswer['headers'] = open): WebAnswer => ({
  status,
  headers,
  body: JSON.stringify(value),
})
const html: WebAnswer = { status: 200, headers: { 'content-type': 'text/html' }, body: '<html></html>' }
const issuer = 'https://matrix.example.com/auth/'
const facts = { serverName: 'example.com', homeserver: 'https://matrix.example.com' }
const result = (outcome: Outcome) => outcome.result
const severities = ({ findings }: Outcome) => findings.map(({ severity }) => severity)

test.each([
  ['versions', json({ versions: ['v1.15'] }), 'holds'],
  ['no versions', json({ versions: [] }), 'fails'],
  ['a website', html, 'fails'],
  ['a gateway error', json({}, 502), 'fails'],
  ['no such name', new WebFailure('name', 'no name'), 'fails'],
  [
    'a certificate that is not valid, which another check reports',
    new WebFailure('certificate', 'x'),
    'unknown',
  ],
  ['no DNS at all', new WebFailure('resolver', 'x'), 'unknown'],
])('the homeserver: %s', (_, answer, expected) => {
  expect(result(judgeHomeserver(answer))).toBe(expected)
})

describe('the file for apps', () => {
  const client = (base: unknown) => json({ 'm.homeserver': { base_url: base } })
  test.each([
    ['names the homeserver', client('https://matrix.example.com'), 'holds'],
    ['names it with a slash', client('https://matrix.example.com/'), 'holds'],
    ['names another one', client('https://old.example.com'), 'fails'],
    ['names none', json({}), 'fails'],
    ['is a website', html, 'fails'],
    ['is missing', json({}, 404), 'fails'],
  ])('%s', (_, answer, expected) => {
    expect(result(judgeClientWellKnown(answer, facts))).toBe(expected)
  })

  test('is not needed where the homeserver has the server name', () => {
    const own = { serverName: 'matrix.example.com', homeserver: 'https://matrix.example.com' }
    expect(result(judgeClientWellKnown(json({}, 404), own))).toBe('holds')
  })

  test('that browsers may not read is a warning', () => {
    const answer = { ...client('https://matrix.example.com'), headers: {} }
    expect(severities(judgeClientWellKnown(answer, facts))).toEqual(['warning'])
  })
})

test.each([
  [json({ 'm.server': 'matrix.example.com:443' }), 'holds'],
  [json({ 'm.server': '' }), 'fails'],
  [json({ 'm.server': 5 }), 'fails'],
  [html, 'fails'],
  [json({}, 404), 'unknown'],
])('the file for other servers %#', (answer, expected) => {
  expect(result(judgeServerWellKnown(answer))).toBe(expected)
})

test.each([
  ['the issuer, live', { 'org.matrix.msc2965.authentication': { issuer } }, true, 'holds'],
  [
    'the issuer without a slash, live',
    { 'm.authentication': { issuer: 'https://matrix.example.com/auth' } },
    true,
    'fails',
  ],
  [
    'another issuer, live',
    { 'org.matrix.msc2965.authentication': { issuer: 'https://x.example' } },
    true,
    'fails',
  ],
  ['nothing, live', {}, true, 'holds'],
  ['the issuer before the migration', { 'org.matrix.msc2965.authentication': { issuer } }, false, 'fails'],
  ['nothing before the migration', {}, false, 'holds'],
])('the file for apps names %s', (_, document, isDelegating, expected) => {
  expect(result(judgeAdvertisedIssuer(json(document), isDelegating, issuer))).toBe(expected)
})

test('a file that is no JSON says nothing about the issuer', () => {
  expect(result(judgeAdvertisedIssuer(html, true, issuer))).toBe('unknown')
  expect(judgeAdvertisedIssuer(json({}, 404), true, issuer).detail).toBe('none is named')
})

test.each([
  [json({ issuer }), 'holds'],
  [json({ issuer: 'https://x.example/' }), 'fails'],
  [json({}, 404), 'fails'],
])('the metadata of the homeserver %#', (answer, expected) => {
  expect(result(judgeAuthMetadata(answer, issuer))).toBe(expected)
})

describe("MAS's discovery document", () => {
  const at = (path: string) => `${issuer}${path}`
  const document = {
    issuer,
    authorization_endpoint: at('authorize'),
    token_endpoint: at('token'),
    jwks_uri: at('keys'),
    registration_endpoint: at('registration'),
  }
  test('gives the addresses of pages and keys', () => {
    expect(masDocument(json(document), issuer, 'error')).toEqual({
      authorization: at('authorize'),
      keys: at('keys'),
    })
  })
  test.each([
    ['another issuer', { ...document, issuer: 'https://x.example/' }],
    ['an address without https', { ...document, jwks_uri: 'http://matrix.example.com/keys' }],
    ['no address for registration of apps', { ...document, registration_endpoint: undefined }],
  ])('with %s fails', (_, value) => {
    expect(masDocument(json(value), issuer, 'warning')).toMatchObject({
      result: 'fails',
      findings: [{ severity: 'warning' }],
    })
  })
})

test.each([
  ['keys', { keys: [{ kty: 'RSA' }] }, 'holds'],
  ['no keys', { keys: [] }, 'fails'],
  ['a private key', { keys: [{ kty: 'RSA', d: 'x' }] }, 'fails'],
  ['a key without a type', { keys: [{}] }, 'fails'],
])('the signing keys: %s', (_, value, expected) => {
  expect(result(judgeSigningKeys(json(value), 'error'))).toBe(expected)
})

test.each([
  ['both', html, json({}, 400), 'holds'],
  ['a redirect to the only provider', json({}, 303), json({}, 400), 'holds'],
  ['an error to log in', json({}, 500), json({}, 400), 'fails'],
  ['a text to log in', json({}), json({}, 400), 'fails'],
  ['no authorization page', html, json({}, 404), 'fails'],
])('the pages: %s', (_, login, authorization, expected) => {
  expect(result(judgePage(login, authorization, 'error'))).toBe(expected)
})

describe('logins of apps', () => {
  const synapse = json({ flows: [{ type: 'm.login.password' }] })
  const mas = json({
    flows: [{ type: 'm.login.sso', 'org.matrix.msc3824.delegated_oidc_compatibility': true }],
  })
  test.each([
    ['MAS, live', mas, true, 'holds'],
    ['Synapse, live', synapse, true, 'fails'],
    ['MAS, before the migration', mas, false, 'fails'],
    ['Synapse, before the migration', synapse, false, 'holds'],
    ['nothing', json({ errcode: 'M_UNRECOGNIZED' }, 404), true, 'fails'],
  ])('are answered by %s', (_, answer, isDelegating, expected) => {
    expect(result(judgeLogin(answer, isDelegating))).toBe(expected)
  })
})

test('logout and renewal must refuse an invalid token, which a Synapse that delegates does not know', () => {
  const refused = json({ errcode: 'M_UNKNOWN_TOKEN' }, 401)
  const absent = json({ errcode: 'M_UNRECOGNIZED' }, 404)
  expect([judgeLogout(refused), judgeRefresh(refused)].map(result)).toEqual(['holds', 'holds'])
  expect([judgeLogout(absent), judgeRefresh(absent)].map(result)).toEqual(['fails', 'fails'])
})

test('a provider that does not answer the runner is a warning; a wrong answer is an error', () => {
  const provider = { name: 'Keycloak', issuer: 'https://k.example', discovery: 'https://k.example/x' }
  const severity = (answer: WebAnswer | WebFailure) => judgeUpstream(provider, answer)?.severity
  expect(severity(json({ issuer: 'https://k.example' }))).toBeUndefined()
  expect(severity(json({ issuer: 'https://k.example/' }))).toBe('error')
  expect(severity(json({}, 404))).toBe('error')
  expect(severity(new WebFailure('timeout', 'k.example does not answer'))).toBe('warning')
})

const anyAnswer = fc.record({
  status: fc.integer({ min: 100, max: 599 }),
  headers: fc.constant({ 'content-type': 'text/html' }),
  body: fc.oneof(
    fc.json().map(text => `${text}`),
    fc.string().map(text => `untrusted ${text}`),
    fc
      .anything()
      .map(
        value =>
          JSON.stringify({ flows: [value], keys: [value], issuer: 'untrusted', versions: value }) ?? '',
      ),
    fc.constant(
      '{"m.homeserver":{"base_url":"https://untrusted.example"},"m.server":"untrusted/","issuer":"untrusted"}',
    ),
  ),
})

test('every answer has a verdict, which never quotes what was sent', () => {
  fc.assert(
    fc.property(anyAnswer, fc.boolean(), (answer, isDelegating) => {
      const document = masDocument(answer, issuer, 'error')
      const outcomes = [
        judgeHomeserver(answer),
        judgeClientWellKnown(answer, facts),
        judgeServerWellKnown(answer),
        judgeAdvertisedIssuer(answer, isDelegating, issuer),
        judgeAuthMetadata(answer, issuer),
        judgeSigningKeys(answer, 'error'),
        judgePage(answer, answer, 'error'),
        judgeLogin(answer, isDelegating),
        judgeLogout(answer),
        judgeRefresh(answer),
        ...('result' in document ? [document] : []),
      ]
      for (const outcome of outcomes) {
        expect(outcome.findings.length > 0).toBe(outcome.result === 'fails')
        expect(JSON.stringify(outcome)).not.toContain('untrusted')
      }
    }),
  )
})
