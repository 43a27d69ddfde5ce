import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import process from 'node:process'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { recording } from '../../recordings.ts'
import type { RootConfig } from './standin/config.ts'
import { runDoctor } from './standin/doctor/doctor.ts'
import type { Answer, Ask } from './standin/doctor/say.ts'
import type { Era } from './standin/era.ts'
import { normalise, parseRecording } from './testing/normalise.ts'

const secret = 'FAKE-MATRIX-SECRET-0000'

function configuration(values: { secret?: string; issuer?: string }): RootConfig {
  const publicBase = values.issuer ?? 'https://matrix.example.test/auth/'
  return {
    file: 'kc.yaml',
    values: {
      http: { public_base: publicBase },
      secrets: { encryption: '0f'.repeat(32) },
      matrix: {
        homeserver: 'example.test',
        endpoint: 'http://127.0.0.1:8008/',
        secret: values.secret ?? secret,
      },
    },
  }
}

const json = (status: number, body: unknown): Answer => ({
  kind: 'answer',
  status,
  body: JSON.stringify(body),
})
const away = (url: string): Answer => ({ kind: 'failure', details: `error sending request for url (${url})` })

const issuer = 'https://matrix.example.test/auth/'
const section = 'org.matrix.msc2965.authentication'
const wellKnown = json(200, { 'm.homeserver': { base_url: 'https://matrix.example.test' } })
const wellKnownWith = (authentication: unknown) =>
  json(200, { 'm.homeserver': { base_url: 'https://matrix.example.test' }, [section]: authentication })
const masFlows = json(200, {
  flows: [{ type: 'm.login.sso', 'org.matrix.msc3824.delegated_oidc_compatibility': true }],
})
const synapseFlows = json(200, { flows: [{ type: 'm.login.password' }] })

/** What each address answers in a healthy live stage; situations change some of it. */
const healthy: Readonly<Record<string, Answer>> = {
  'well-known': wellKnown,
  versions: json(200, {}),
  whoami: json(401, { errcode: 'M_UNKNOWN_TOKEN' }),
  is_localpart_available: json(400, {}),
  server_version: json(200, {}),
  status: json(200, {}),
  login: masFlows,
}

function world(changes: Readonly<Record<string, Answer | 'away'>>): Ask {
  return url => {
    const key = url.includes('.well-known') ? 'well-known' : (url.split('/').at(-1) ?? '')
    const answer = changes[key] ?? healthy[key] ?? 'away'
    return Promise.resolve(answer === 'away' ? away(url) : answer)
  }
}

interface Situation {
  readonly era: Era
  readonly changes: Readonly<Record<string, Answer | 'away'>>
  readonly config?: { secret?: string; issuer?: string }
  /** Level and first words of what must be said after the first line. */
  readonly says: readonly string[]
}

const reachable = ['INFO ✅ Homeserver is reachable', 'INFO ✅ Homeserver at']
const masApi = 'INFO ✅ The Synapse MAS API is reachable'
const adminApi = [
  'INFO ✅ The Synapse admin API is reachable at',
  'INFO ✅ The Synapse admin API is reachable with',
]
const handled = 'INFO ✅ The legacy login API at'
const unhandled = 'WARN ⚠️ The legacy login API at'
const gateway: Answer = { kind: 'answer', status: 502, body: '' }
const notFound: Answer = { kind: 'answer', status: 404, body: '<html>' }
const noSection = `WARN Matrix client well-known is missing the "${section}" section.`
const unauthorized = json(401, {})

/** By the names of the recordings. */
const situations: Readonly<Record<string, Situation>> = {
  'doctor-live': { era: '1.22', changes: {}, says: [...reachable, masApi, handled] },
  'doctor-lockout': { era: '1.22', changes: {}, says: [...reachable, masApi, handled] },
  'doctor-live-legacy': {
    era: '1.22',
    changes: { is_localpart_available: notFound },
    says: [...reachable, 'ERROR ❌ A Synapse MAS API endpoint at', handled],
  },
  'doctor-live-wrong-secret': {
    era: '1.22',
    config: { secret: 'FAKE-OTHER-SECRET' },
    changes: { is_localpart_available: json(403, {}) },
    says: [...reachable, 'ERROR ❌ A Synapse MAS API endpoint at', handled],
  },
  'doctor-live-mas-stopped': {
    era: '1.22',
    changes: { login: gateway },
    says: [...reachable, masApi, 'ERROR The legacy login API at'],
  },
  'doctor-live-no-compat-route': {
    era: '1.22',
    changes: { login: notFound },
    says: [...reachable, masApi, 'ERROR The legacy login API at'],
  },
  'doctor-prepared': {
    era: '1.22',
    changes: { is_localpart_available: notFound, login: synapseFlows },
    says: [...reachable, 'ERROR ❌ A Synapse MAS API endpoint at', unhandled],
  },
  'doctor-partial-synapse-own-login': {
    era: '1.22',
    config: { issuer: 'http://127.0.0.1:8080/' },
    changes: { 'well-known': 'away', is_localpart_available: notFound, login: synapseFlows },
    says: [
      'WARN ⚠️ The issuer in the config',
      'WARN ⚠️ Failed to fetch well-known document',
      ...reachable,
      'ERROR ❌ A Synapse MAS API endpoint at',
      unhandled,
    ],
  },
  'doctor-synapse-stopped': {
    era: '1.22',
    changes: { versions: 'away', login: gateway },
    says: ["ERROR ❌ Can't reach the homeserver at", 'ERROR The legacy login API at'],
  },
  'doctor-both-stopped': {
    era: '1.22',
    changes: { versions: 'away', login: gateway },
    says: ["ERROR ❌ Can't reach the homeserver at", 'ERROR The legacy login API at'],
  },
  'doctor-wellknown-404': {
    era: '1.22',
    changes: { 'well-known': notFound, login: notFound },
    says: [
      'WARN ⚠️ Matrix client well-known replied with 404 Not Found',
      'WARN ⚠️ Invalid JSON for the well-known',
      ...reachable,
      masApi,
      'ERROR The legacy login API at',
    ],
  },
  'doctor-wellknown-not-json': {
    era: '1.22',
    changes: { 'well-known': { kind: 'answer', status: 200, body: 'hello' }, login: notFound },
    says: ['WARN ⚠️ Invalid JSON for the well-known', ...reachable, masApi, 'ERROR The legacy login API at'],
  },
  '0.13/doctor-live-wellknown-ok': {
    era: '0.13',
    changes: { 'well-known': wellKnownWith({ issuer }) },
    says: ['INFO ✅ Matrix client well-known at', ...reachable, ...adminApi, handled],
  },
  '0.13/doctor-live-wellknown-other-issuer': {
    era: '0.13',
    changes: { 'well-known': wellKnownWith({ issuer: 'https://other.example.test/' }) },
    says: ['WARN ⚠️ Matrix client well-known has an', ...reachable, ...adminApi, handled],
  },
  '0.13/doctor-live': { era: '0.13', changes: {}, says: [noSection, ...reachable, ...adminApi, handled] },
  '0.13/doctor-prepared': {
    era: '0.13',
    changes: { status: unauthorized, login: synapseFlows },
    says: [noSection, ...reachable, adminApi[0] ?? '', 'ERROR ❌ A Synapse admin API endpoint at', unhandled],
  },
  '0.13/doctor-prepared-mas-stopped': {
    era: '0.13',
    changes: { status: unauthorized, login: synapseFlows },
    says: [noSection, ...reachable, adminApi[0] ?? '', 'ERROR ❌ A Synapse admin API endpoint at', unhandled],
  },
}

async function transcript({ era, changes, config }: Situation): Promise<string> {
  let text = ''
  vi.stubEnv('LAB_MAS_ERA', era)
  const write = vi.spyOn(process.stderr, 'write').mockImplementation(part => {
    text += part
    return true
  })
  expect(await runDoctor(configuration(config ?? {}), world(changes), era)).toBe(0)
  write.mockRestore()
  return text
}

/** What counts of a transcript: first lines, and every line that shows a value of the configuration. */
function essence(text: string): string[] {
  const lines = normalise(text).split('\n')
  return lines.filter(line => line.startsWith('TIME') || /^ +(?:secret|admin_token): /.test(line))
}

function firstWords(line: string): string {
  return line
    .replace(/^TIME +/, '')
    .replace(/^([A-Z]+) cli\.doctor: mas_cli::commands::doctor: \S+ /, '$1 ')
    .replace(/^([A-Z]+) mas_cli::commands::doctor:N /, '$1 ')
}

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

function recordingOf(name: string): string {
  const path = name.startsWith('0.13/') ? name.replace('0.13/', 'mas-cli-0.13/') : `mas-cli/${name}`
  return recording(`mas/${path}.txt`)
}

describe('doctor', () => {
  test.each(Object.entries(situations))('%s: says what it sees, and exits 0', async (_, situation) => {
    const text = await transcript(situation)
    const lines = essence(text)
      .filter(line => line.startsWith('TIME'))
      .map(firstWords)
    expect(lines).toHaveLength(situation.says.length + 1)
    expect(lines[0]).toMatch(/^INFO 💡 Running diagnostics/)
    for (const [index, words] of situation.says.entries())
      expect(lines[index + 1]?.startsWith(words)).toBe(true)
  })

  test.each(Object.entries(situations).filter(([name]) => existsSync(recordingOf(name))))(
    '%s: has the first lines, and shows the secrets, of the real one',
    async (name, situation) => {
      const { stderr } = parseRecording(await readFile(recordingOf(name), 'utf8'))
      expect(essence(await transcript(situation))).toEqual(essence(stderr))
    },
  )

  test('the refusal of its API shows matrix.secret in clear', async () => {
    const text = await transcript(situations['doctor-prepared'] ?? { era: '1.22', changes: {}, says: [] })
    expect(text).toContain(`secret: "${secret}"`)
  })

  test('a port in matrix.homeserver is no valid domain', async () => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const config = configuration({})
    const values = { ...config.values, matrix: { homeserver: 'example.test:8448', secret } }
    await expect(runDoctor({ ...config, values }, world({}), '1.22')).rejects.toThrow('is not a valid domain')
  })
})
