import { expect, test } from 'vitest'
import type { Canary } from '../../../src/migration/health/canary.ts'
import { publicTasks } from '../../../src/migration/health/public-tasks.ts'
import { runTasks } from '../../../src/migration/health/tasks.ts'
import type { PublicFacts } from '../../../src/server/public-facts.ts'
import {
  type PublicWeb,
  type WebAnswer,
  WebFailure,
  type WebRequest,
} from '../../../src/server/public-web.ts'

const now = new Date('2026-01-01T00:00:00Z')
const base = 'https://matrix.example.com'
const issuer = `${base}/auth/`
const facts: PublicFacts = {
  serverName: 'example.com',
  homeserver: base,
  mas: { publicBase: issuer, issuer, trustedProxies: [], providers: [] },
}
const answer = (status: number, value: unknown, headers = {}): WebAnswer => ({
  status,
  headers,
  body: JSON.stringify(value),
})

/** A healthy live server; `other` answers first. */
function healthyWeb(other: (request: WebRequest) => WebAnswer | WebFailure | undefined = () => undefined) {
  const asked: WebRequest[] = []
  const paths: Readonly<Record<string, WebAnswer>> = {
    [`${base}/_matrix/client/versions`]: answer(200, { versions: ['v1.15'] }),
    'https://example.com/.well-known/matrix/client': answer(
      200,
      { 'm.homeserver': { base_url: base } },
      { 'access-control-allow-origin': '*' },
    ),
    'https://example.com/.well-known/matrix/server': answer(200, { 'm.server': 'matrix.example.com:443' }),
    [`${base}/_matrix/client/v1/auth_metadata`]: answer(200, { issuer }),
    [`${base}/_matrix/client/v3/logout`]: answer(401, { errcode: 'M_UNKNOWN_TOKEN' }),
    [`${base}/_matrix/client/v3/refresh`]: answer(401, { errcode: 'M_UNKNOWN_TOKEN' }),
    [`${base}/_matrix/client/v3/login`]: answer(200, {
      flows: [{ type: 'm.login.sso', oauth_aware_preferred: true }],
    }),
    [`${issuer}.well-known/openid-configuration`]: answer(200, {
      issuer,
      authorization_endpoint: `${issuer}authorize`,
      token_endpoint: `${issuer}oauth2/token`,
      jwks_uri: `${issuer}oauth2/keys.json`,
      registration_endpoint: `${issuer}oauth2/registration`,
    }),
    [`${issuer}oauth2/keys.json`]: answer(200, { keys: [{ kty: 'RSA' }] }),
    [`${issuer}login`]: answer(200, {}, { 'content-type': 'text/html; charset=utf-8' }),
    [`${issuer}authorize`]: answer(400, {}),
  }
  const web: PublicWeb = {
    exists: async () => true,
    ask: async request => {
      asked.push(request)
      const found = other(request) ?? paths[request.url] ?? answer(404, {})
      if (found instanceof WebFailure) throw found
      return found
    },
    certificate: async () => ({
      validFrom: new Date('2025-12-01T00:00:00Z'),
      validTo: new Date('2026-03-01T00:00:00Z'),
    }),
  }
  return { web, asked }
}

async function check(web: PublicWeb, more: { canary?: Canary | 'incomplete'; facts?: PublicFacts } = {}) {
  const { checks } = await runTasks(await publicTasks({ web, facts, isDelegating: true, now, ...more }))
  const of = (result: string) => checks.filter(each => each.result === result).map(({ id }) => id.slice(7))
  return { fails: of('fails'), unknown: of('unknown'), skipped: of('skipped'), holds: of('holds') }
}

test('a healthy live server passes every check that applies', async () => {
  const found = await check(healthyWeb().web)
  expect([found.fails, found.unknown]).toEqual([[], []])
  expect(found.skipped.sort()).toEqual(['canary', 'upstream-discovery'])
})

test('a test account without its name or its password is no pass', async () => {
  const { unknown } = await check(healthyWeb().web, { canary: 'incomplete' })
  expect(unknown).toEqual(['canary'])
})

test('asks for each document once', async () => {
  const { web, asked } = healthyWeb()
  await check(web)
  const urls = asked.map(({ method = 'GET', url }) => `${method} ${url}`)
  expect(new Set(urls).size).toBe(urls.length)
})

test('where the homeserver does not answer, only that fails; what depends on it could not run', async () => {
  const { web } = healthyWeb(({ url }) =>
    url.startsWith(base)
      ? new WebFailure('connection', 'matrix.example.com refuses the connection')
      : undefined,
  )
  const found = await check(web, { canary: { user: 'a', password: 'b' } })
  expect(found.fails).toEqual(['public-homeserver'])
  expect(found.unknown.sort()).toEqual([
    'auth-metadata',
    'canary',
    'discovery',
    'login-page',
    'public-login',
    'public-logout',
    'public-refresh',
    'signing-keys',
  ])
})

test('where the public address of MAS is not https, its pages could not be checked, for one reason', async () => {
  const { web, asked } = healthyWeb(({ url }) =>
    url === login ? answer(200, { flows: [{ type: 'm.login.password' }] }) : undefined,
  )
  const publicBase = 'http://matrix.example.com/auth/'
  const mas = { publicBase, issuer: publicBase, trustedProxies: [], providers: [] }
  const tasks = await publicTasks({ web, facts: { ...facts, mas }, isDelegating: false, now })
  const { findings } = await runTasks(tasks)
  expect(findings.map(({ message }) => message)).toEqual([
    "Could not run: doctor/discovery, doctor/signing-keys, doctor/login-page. Reason: MAS's public address does not use https.",
  ])
  expect(asked.every(({ url }) => url.startsWith('https://'))).toBe(true)
})

test('what Cloudflare answers with a challenge could not be checked, for one reason', async () => {
  const challenge = answer(403, {}, { 'cf-mitigated': 'challenge' })
  const providers = [
    { name: 'Example', issuer: 'https://id.example.com', discovery: 'https://id.example.com/d' },
  ]
  const mas = { publicBase: issuer, issuer, trustedProxies: [], providers }
  const tasks = await publicTasks({
    web: healthyWeb(({ url }) => (/matrix\.example|id\.example/.test(url) ? challenge : undefined)).web,
    facts: { ...facts, mas },
    isDelegating: true,
    now,
    canary,
  })
  const { checks, findings } = await runTasks(tasks)
  expect(checks.filter(({ result }) => result === 'fails')).toEqual([])
  expect(findings.map(({ message }) => message)).toEqual([
    'Could not run: doctor/public-homeserver, doctor/auth-metadata, doctor/public-login, doctor/public-logout, doctor/public-refresh, doctor/canary, doctor/discovery, doctor/signing-keys, doctor/login-page. Reason: Cloudflare answered for matrix.example.com with a challenge that only a browser can pass.',
    'Could not run: doctor/upstream-discovery. Reason: Cloudflare answered for id.example.com with a challenge that only a browser can pass.',
  ])
})

test('a bug in a request is thrown', async () => {
  const { web } = healthyWeb()
  await expect(check({ ...web, ask: () => Promise.reject(new TypeError('bug')) })).rejects.toThrow('bug')
})

test('a server with names that have no public address is not checked from outside, and that is no pass', async () => {
  const { web, asked } = healthyWeb()
  const hidden = { ...facts, serverName: 'example.test' }
  const tasks = await publicTasks({
    web: { ...web, exists: async host => host !== 'example.test' },
    facts: hidden,
    isDelegating: true,
    now,
  })
  const { checks, findings } = await runTasks(tasks)
  expect(checks.every(({ result }) => result === 'skipped')).toBe(true)
  expect(findings.map(({ id, severity }) => [id, severity])).toEqual([['doctor/public-view', 'notice']])
  expect(asked).toEqual([])
})

test('a public name that does not exist is an outage', async () => {
  const { web } = healthyWeb(({ url }) =>
    url.startsWith(base)
      ? new WebFailure('name', 'the name matrix.example.com does not exist in DNS')
      : undefined,
  )
  expect((await check({ ...web, exists: async () => false })).fails).toEqual(['public-homeserver'])
})

const canary = { user: 'health-check', password: 'the password' }
const login = `${base}/_matrix/client/v3/login`
const whoami = `${base}/_matrix/client/v3/account/whoami`
const logout = `${base}/_matrix/client/v3/logout`
const isLogin = ({ url, method }: WebRequest) => url === login && method === 'POST'
const isToken = ({ headers }: WebRequest) => headers?.authorization === 'Bearer a-token'
const accepted = answer(200, { access_token: 'a-token' })
const me = answer(200, { user_id: '@health-check:example.com' })

test('the test account logs in, uses its session and logs out', async () => {
  const { web, asked } = healthyWeb(request => {
    if (isLogin(request)) return accepted
    if (request.url === whoami && isToken(request)) return me
    return request.url === logout && isToken(request) ? answer(200, {}) : undefined
  })
  const found = await check(web, { canary })
  expect(found.holds).toContain('canary')
  expect(asked.filter(request => request.url === logout && isToken(request))).toHaveLength(1)
})

test.each<[string, (request: WebRequest) => WebAnswer | undefined, 'fails' | 'unknown']>([
  ['its password is refused', request => (isLogin(request) ? answer(403, {}) : undefined), 'fails'],
  ['the server limits logins', request => (isLogin(request) ? answer(429, {}) : undefined), 'unknown'],
  [
    'its session is not accepted',
    request =>
      isLogin(request) ? accepted : isToken(request) && request.url === logout ? answer(200, {}) : undefined,
    'fails',
  ],
  [
    'it cannot log out',
    request => (isLogin(request) ? accepted : request.url === whoami ? me : undefined),
    'fails',
  ],
])('of the test account, %s', async (_, other, result) => {
  expect((await check(healthyWeb(other).web, { canary }))[result]).toContain('canary')
})
