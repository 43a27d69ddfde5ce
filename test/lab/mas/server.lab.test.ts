import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import process from 'node:process'
import { bcrypt } from 'hash-wasm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { isMapping } from './standin/yaml-values.ts'
import { type Running, until } from './testing/program.ts'
import { type Stage, stageUp } from './testing/stage.ts'

let stage: Stage
let server: Running
let base: string

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>(resolve => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise(resolve => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** The configuration of the migration tests, with a listener, as the playbook has it: a prefix, health elsewhere. */
async function writeServerConfiguration(port: number): Promise<void> {
  const values: unknown = parse(await readFile(join(stage.folder, 'kc.yaml'), 'utf8'))
  if (!isMapping(values)) throw new Error('kc.yaml is no mapping')
  const resources = ['discovery', 'human', 'oauth', 'compat', 'health'].map(name => ({ name }))
  const listeners = [{ name: 'web', resources, binds: [{ address: `127.0.0.1:${port}` }], prefix: '/auth' }]
  const clients = [
    {
      client_id: '0000000000000000000SYNAPSE',
      client_auth_method: 'client_secret_basic',
      client_secret: 'FAKE-client',
    },
  ]
  const http = { listeners, public_base: `http://127.0.0.1:${port}/auth/`, trusted_proxies: ['127.0.0.0/8'] }
  await writeFile(join(stage.folder, 'server.yaml'), stringify({ ...values, http, clients }))
}

beforeAll(async () => {
  stage = await stageUp(process.env.LAB_MAS_DIR)
})

afterAll(async () => {
  await stage.down()
})

beforeEach(async () => {
  await stage.renewMas('schema')
  const pepper = 'FAKE-PEPPER'
  for (const name of ['alice', 'bob', 'frank']) {
    const salt = new Uint8Array(16).fill(7)
    const hash = await bcrypt({
      password: `${name}-é${pepper}`.normalize('NFKC'),
      salt,
      costFactor: 4,
      outputType: 'encoded',
    })
    await stage.cluster.query(
      'synapse',
      `UPDATE users SET password_hash = '${hash}' WHERE name = '@${name}:example.test'`,
    )
  }
  await stage.run('-c kc.yaml syn2mas --synapse-config=hs-kc.yaml migrate')
  const port = await freePort()
  await writeServerConfiguration(port)
  base = `http://127.0.0.1:${port}/auth`
  server = stage.startSubject('-c server.yaml server')
  await until(() => server.stderr().includes('Listening on'), 'the server')
})

afterEach(async () => {
  stage.homeserver.refuseDevices(false)
  server.child.kill('SIGTERM')
  expect(await server.outcome).toMatchObject({ code: 0 })
})

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

async function post(
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await fetch(`${base}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  const value: unknown = text.startsWith('{') ? JSON.parse(text) : {}
  return { status: response.status, body: isMapping(value) ? value : {} }
}

const login = (user: string, password: string, more: object = {}, headers = {}) =>
  post(
    '/_matrix/client/v3/login',
    { type: 'm.login.password', identifier: { type: 'm.id.user', user }, password, ...more },
    headers,
  )

const bearer = (token: unknown) => ({ authorization: `Bearer ${String(token)}` })

async function introspect(token: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  const response = await fetch(`${base}/oauth2/introspect`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({ token, token_type_hint: 'access_token' }),
  })
  const value: unknown = await response.json()
  return { status: response.status, body: isMapping(value) ? value : {} }
}

const asSynapse = { ...bearer('FAKE-MATRIX-SECRET'), 'x-mas-supports-device-id': '1' }

describe('the compatibility layer', () => {
  test('accepts the password, creates the device in Synapse before it answers, and gives an admin no admin rights', async () => {
    const { status, body } = await login('@alice:example.test', 'alice-é', {
      device_id: 'NEW',
      initial_device_display_name: 'Lab',
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({ device_id: 'NEW', user_id: '@alice:example.test' })
    expect(stage.homeserver.calls.at(-1)).toBe(
      'POST /_synapse/mas/upsert_device {"localpart":"alice","device_id":"NEW","display_name":"Lab"}',
    )
    const answer = await introspect(String(body.access_token), asSynapse)
    expect(answer.body).toMatchObject({ active: true, username: 'alice', device_id: 'NEW' })
    expect(answer.body.scope).not.toContain('urn:synapse:admin:*')
  })

  test("keeps the rights of an admin's old session", async () => {
    const answer = await introspect('syt_alice_1', asSynapse)
    expect(answer.body).toMatchObject({ active: true, username: 'alice', device_id: 'A1' })
    expect(answer.body.scope).toContain('urn:synapse:admin:*')
  })

  test('accepts a password in every form of Unicode, before and after it was hashed again', async () => {
    expect((await login('bob', 'bob-e\u0301')).status).toBe(200)
    expect((await login('bob', 'bob-\u00e9')).status).toBe(200)
    const versions = `SELECT version FROM user_passwords JOIN users USING (user_id) WHERE username = 'bob' ORDER BY 1`
    expect(await stage.cluster.query('mas', versions)).toEqual([[1], [2]])
  })

  test('refuses wrong passwords and deactivated accounts with 403, locked ones with 401', async () => {
    expect(await login('bob', 'wrong')).toMatchObject({ status: 403, body: { errcode: 'M_FORBIDDEN' } })
    expect(await login('carol', 'any')).toMatchObject({ status: 403, body: { errcode: 'M_FORBIDDEN' } })
    expect(await login('frank', 'frank-é')).toMatchObject({ status: 401, body: { errcode: 'M_USER_LOCKED' } })
  })

  test('accepts three logins at once from an address, then answers 429, while other addresses still can log in', async () => {
    for (let attempt = 0; attempt < 3; attempt += 1) expect((await login('bob', 'wrong')).status).toBe(403)
    expect(await login('bob', 'bob-é')).toMatchObject({ status: 429, body: { errcode: 'M_LIMIT_EXCEEDED' } })
    expect((await login('bob', 'bob-é', {}, { 'x-forwarded-for': '203.0.113.9' })).status).toBe(200)
  })

  test('requires the content type of JSON', async () => {
    const body = { type: 'm.login.password', user: 'bob', password: 'bob-é' }
    const answer = await post('/_matrix/client/v3/login', body, { 'content-type': 'text/plain' })
    expect(answer).toMatchObject({ status: 400, body: { errcode: 'M_NOT_JSON' } })
  })

  test('ends the session where Synapse does not make the device', async () => {
    stage.homeserver.refuseDevices(true)
    expect((await login('bob', 'bob-é', { device_id: 'NEVER' })).status).toBe(500)
    const sessions =
      "SELECT count(*)::int FROM compat_sessions WHERE device_id = 'NEVER' AND finished_at IS NULL"
    expect(await stage.cluster.query('mas', sessions)).toEqual([[0]])
  })

  test('logs out, and has the worker make Synapse forget the device', async () => {
    const { body } = await login('bob', 'bob-é', { device_id: 'SHORT' })
    expect((await post('/_matrix/client/v3/logout', {}, bearer(body.access_token))).status).toBe(200)
    expect((await introspect(String(body.access_token), asSynapse)).body).toEqual({ active: false })
    const synced = () =>
      stage.homeserver.calls.some(
        call => /sync_devices .*"localpart":"bob"/.test(call) && !call.includes('SHORT'),
      )
    await until(synced, 'the job')
  })

  test("turns Synapse's old refresh token into a pair of its own, once", async () => {
    const [[old]] = (await stage.cluster.query('mas', 'SELECT refresh_token FROM compat_refresh_tokens')) as [
      [string],
    ]
    const { status, body } = await post('/_matrix/client/v3/refresh', { refresh_token: old })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      access_token: expect.stringMatching(/^mct_/),
      refresh_token: expect.stringMatching(/^mcr_/),
      expires_in_ms: 300_000,
    })
    expect((await post('/_matrix/client/v3/refresh', { refresh_token: old })).status).toBe(401)
    expect((await introspect(String(body.access_token), asSynapse)).body).toMatchObject({
      active: true,
      username: 'dave',
    })
  })
})

describe('introspection', () => {
  test('knows the old tokens, and nothing of others', async () => {
    expect((await introspect('syt_bob_2', asSynapse)).body).toMatchObject({
      active: true,
      username: 'bob',
      device_id: 'B1',
    })
    expect((await introspect('syt_nobody_1', asSynapse)).body).toEqual({ active: false })
    expect((await introspect('syt_frank_7', asSynapse)).body).toEqual({ active: false })
  })

  test('says 401 to a wrong secret, and takes a client of the configuration as Synapse of old is one', async () => {
    expect((await introspect('syt_bob_2', bearer('wrong'))).status).toBe(401)
    const credentials = Buffer.from('0000000000000000000SYNAPSE:FAKE-client').toString('base64')
    const answer = await introspect('syt_bob_2', { authorization: `Basic ${credentials}` })
    expect(answer.body.scope).toContain('urn:matrix:org.matrix.msc2967.client:device:B1')
  })

  test('an expired token is not active', async () => {
    await stage.cluster.query(
      'mas',
      "UPDATE compat_access_tokens SET expires_at = now() - interval '1 s' WHERE access_token = 'syt_bob_2'",
    )
    expect((await introspect('syt_bob_2', asSynapse)).body).toEqual({ active: false })
  })
})

describe('the server', () => {
  test('is healthy behind its prefix and describes itself', async () => {
    expect((await fetch(`${base}/health`)).status).toBe(200)
    const metadata: unknown = await (await fetch(`${base}/.well-known/openid-configuration`)).json()
    expect(metadata).toMatchObject({
      issuer: `${base}/`,
      account_management_uri: `${base}/account/`,
      introspection_endpoint: `${base}/oauth2/introspect`,
    })
    const keys: unknown = await (await fetch(`${base}/oauth2/keys.json`)).json()
    expect(keys).toMatchObject({ keys: [{ kty: 'RSA', kid: 'lab' }] })
    expect(JSON.stringify(keys)).not.toContain('"d"')
  })

  test('without its tables answers 500 to a login and stays healthy', async () => {
    await stage.cluster.query('mas', 'ALTER TABLE users RENAME TO syn2mas__users')
    expect((await login('bob', 'bob-é')).status).toBe(500)
    expect((await fetch(`${base}/health`)).status).toBe(200)
    await stage.cluster.query('mas', 'ALTER TABLE syn2mas__users RENAME TO users')
  })
})
