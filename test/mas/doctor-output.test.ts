import { globSync, readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readDoctor } from '../../src/mas/output/doctor-output.ts'
import { hasRecordings, recording } from '../recordings.ts'

const at = '2026-01-01T00:00:00.000000Z'
const now = (level: string, text: string) =>
  `${at} ${level.padStart(5)} mas_cli::commands::doctor:100 ${text}`
const old = (level: string, text: string) =>
  `${at} ${level.padStart(5)} cli.doctor: mas_cli::commands::doctor: crates/cli/src/commands/doctor.rs:100: ${text}`
const read = (lines: readonly string[], delegation: 'no' | 'mas' | 'msc3861' = 'mas') =>
  readDoctor({ exitCode: 0, stdout: '', stderr: lines.join('\n') }, delegation)
const ids = (lines: readonly string[], delegation: 'no' | 'mas' | 'msc3861' = 'mas') =>
  read(lines, delegation).findings.map(({ id, severity }) => `${severity} ${id}`)

const good = now('INFO', '✅ Homeserver is reachable at "http://h/_matrix/client/versions"')

describe('readDoctor', () => {
  test('counts the checks that passed, in both log formats', () => {
    expect(read([good, good])).toMatchObject({ good: 2, findings: [] })
    expect(read([old('INFO', '💡 Running'), old('INFO', '✅ Homeserver is reachable')])).toMatchObject({
      findings: [],
      good: 1,
    })
  })

  test('recognises a failure without a mark by its level', () => {
    expect(
      ids([good, now('ERROR', 'The legacy login API at "http://h" replied with 502 Bad Gateway.')]),
    ).toEqual(['error doctor/compatibility-login'])
  })

  test('treats a login check that went to Synapse directly as unknown, not as failed', () => {
    const noWellKnown = now('WARN', '⚠️ Failed to fetch well-known document at "https://x/.well-known".')
    const login = (origin: string) =>
      now('ERROR', `The legacy login API at "${origin}/_matrix/client/v3/login" replied with 404 Not Found.`)
    const seen = ids([noWellKnown, good, login('http://h')])
    expect(seen).toEqual(['warning doctor/well-known', 'notice doctor/compatibility-login-not-seen'])
    expect(ids([noWellKnown, good, login('https://matrix.x')])).toContain('error doctor/compatibility-login')
    expect(ids([good, login('http://h')])).toEqual(['error doctor/compatibility-login'])
  })

  test('does not report failures that the migration will resolve', () => {
    const api = now('ERROR', '❌ A Synapse MAS API endpoint at "http://h" replied with 404 Not Found.')
    expect(ids([good, api], 'no')).toEqual([])
    expect(ids([good, api], 'mas')).toEqual(['error doctor/api-of-synapse'])
    expect(ids([good, api], 'msc3861')).toEqual([])
  })

  test('tells by the status what the answer to an invalid access token means', () => {
    const whoami = (level: string, status: string, meaning: string) =>
      ids([
        good,
        now(
          level,
          `❌ The homeserver at "http://h/_matrix/client/v3/account/whoami" replied with ${status}.`,
        ),
        meaning,
      ])
    const accepted = 'This is *highly* unexpected, as this means that a fake token might have been accepted.'
    const unreachable = 'This means probably means that the homeserver was unable to reach MAS.'
    expect(whoami('ERROR', '200 OK', accepted)).toEqual(['error doctor/invalid-token-accepted'])
    expect(whoami('ERROR', '302 Found', accepted)).toEqual(['error doctor/invalid-token-accepted'])
    expect(whoami('ERROR', '503 Service Unavailable', unreachable)).toEqual([
      'error doctor/mas-unreachable-from-synapse',
    ])
    expect(whoami('WARN', '500 Internal Server Error', 'Check that the homeserver is running.')).toEqual([
      'warning doctor/answer-unexpected',
    ])
  })

  test('never repeats a secret in a failed check', () => {
    const lines = [
      good,
      now('ERROR', '❌ A Synapse MAS API endpoint at "http://h" replied with 403 Forbidden.'),
      '    secret: "the-shared-secret"',
    ]
    expect(JSON.stringify(read(lines))).not.toContain('the-shared-secret')
  })

  test('shows an unknown message, masked', () => {
    const finding = read([good, now('ERROR', '❌ token mat_secretsecret is odd')]).findings
    expect(finding.map(({ id }) => id)).toEqual(['doctor/unrecognised'])
    expect(finding[0]?.message).toMatch(/recognise: token \*{3} is odd$/)
    expect(JSON.stringify(finding)).not.toContain('mat_')
  })

  test('reports that the doctor did not run if it printed nothing', () => {
    expect(readDoctor({ exitCode: 1, stdout: '', stderr: 'Error: no configuration' }, 'mas')).toMatchObject({
      findings: [{ id: 'doctor/mas-cli-doctor', severity: 'error' }],
    })
  })
})

const recordings = recording('mas')
if (hasRecordings)
  describe('real recordings', () => {
    const healthy =
      /doctor-(live|live-wellknown-ok|lockout|live-legacy|wellknown-404|wellknown-not-json)\.txt$/
    const files = globSync('mas-cli*/doctor-*.txt', { cwd: recordings }).sort()
    test.each(files)('%s: has the expected errors and no unknown message', file => {
      const stderr = readFileSync(resolve(recordings, file), 'utf8').split('--- stderr ---')[1] ?? ''
      const delegation = /prepared|partial/.test(file) ? 'no' : /legacy|0\.13/.test(file) ? 'msc3861' : 'mas'
      const { findings } = readDoctor({ exitCode: 0, stdout: '', stderr }, delegation)
      expect(findings.map(({ id }) => id)).not.toContain('doctor/mas-cli-doctor')
      expect(findings.map(({ id }) => id)).not.toContain('doctor/unrecognised')
      const ill = findings.some(({ severity }) => severity === 'error')
      expect(ill).toBe(delegation !== 'no' && !healthy.test(basename(file)) && !file.includes('0.13'))
    })
  })
