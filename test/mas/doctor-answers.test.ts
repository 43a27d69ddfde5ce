import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { readDoctor } from '../../src/mas/output/doctor-output.ts'

const run = promisify(execFile)

/** By the end of a path: the answers of a homeserver that delegates to MAS and whose logins reach MAS. */
const healthy: Readonly<Record<string, readonly [number, unknown]>> = {
  '/versions': [200, { versions: ['v1.15'] }],
  '/whoami': [401, { errcode: 'M_UNKNOWN_TOKEN' }],
  '/is_localpart_available': [400, {}],
  '/server_version': [200, {}],
  '/background_updates/status': [200, {}],
  '/login': [
    200,
    { flows: [{ type: 'm.login.sso', 'org.matrix.msc3824.delegated_oidc_compatibility': true }] },
  ],
}
let answers = healthy
let homeserver: Server
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mas-doctor-'))
  homeserver = createServer(({ url = '' }, response) => {
    const [, [status, body]] = Object.entries(answers).find(([end]) => url.endsWith(end)) ?? ['', [404, {}]]
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>(done => homeserver.listen(0, '127.0.0.1', done))
})
afterAll(() => {
  homeserver.close()
  rmSync(folder, { recursive: true })
})

const standIn = [process.execPath, resolve(import.meta.dirname, '../lab/mas/standin/main.ts')]
const real = process.env.LAB_MAS_DIR
type Program = readonly [name: string, command: readonly string[], env: NodeJS.ProcessEnv]
const programs: readonly Program[] = [
  ['the stand-in for 0.13', standIn, { LAB_MAS_ERA: '0.13' }],
  ['the stand-in for 1.22', standIn, { LAB_MAS_ERA: '1.22' }],
]
const realPrograms: readonly Program[] =
  real === undefined ? [] : [['the real mas-cli', [join(real, 'mas-cli')], {}]]

/** MAS gets no well-known file: nothing answers at the server name. */
const always = 'warning doctor/well-known'

describe.each([...programs, ...realPrograms])('in the output of %s', (_, [program = '', ...first], env) => {
  test.each<[string, typeof healthy, string[], publicBase?: string]>([
    ['a healthy homeserver', {}, []],
    ['an accepted token', { '/whoami': [200, {}] }, ['error doctor/invalid-token-accepted']],
    ['a Synapse without MAS', { '/whoami': [503, {}] }, ['error doctor/mas-unreachable-from-synapse']],
    ['a broken homeserver', { '/whoami': [500, {}] }, ['warning doctor/answer-unexpected']],
    ['no homeserver', { '/versions': [502, {}] }, ['error doctor/homeserver-unreachable']],
    [
      'another secret',
      { '/is_localpart_available': [403, {}], '/background_updates/status': [403, {}] },
      ['error doctor/api-of-synapse'],
    ],
    ['an internal login', { '/login': [404, {}] }, ['notice doctor/compatibility-login-not-seen']],
    ['an address without https', {}, ['warning doctor/issuer-not-https'], 'http://matrix.example.test/'],
  ])('%s is recognised', async (_, changes, expected, publicBase = 'https://matrix.example.test/') => {
    answers = { ...healthy, ...changes }
    const { port } = homeserver.address() as AddressInfo
    const file = join(folder, 'config.yaml')
    const matrix = { homeserver: '127.0.0.1', secret: 'invented', endpoint: `http://127.0.0.1:${port}/` }
    const secrets = { encryption: 'ab'.repeat(32), keys: [] }
    writeFileSync(file, stringify({ http: { public_base: publicBase }, secrets, matrix }))
    const { stdout, stderr } = await run(program, [...first, '-c', file, 'doctor'], {
      env: { PATH: process.env.PATH, ...env },
    })
    const { findings } = readDoctor({ exitCode: 0, stdout, stderr }, 'mas')
    const found = findings.map(({ severity, id }) => `${severity} ${id}`)
    expect(found.sort()).toEqual([always, ...expected].sort())
  })
})
