import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Delegation } from '../../src/domain/server-facts.ts'
import { readDoctor } from '../../src/mas/doctor-output.ts'

const now = (level: string, text: string) =>
  `2026-01-02T03:04:05.000006Z ${level.padStart(5)} mas_cli::commands::doctor:33 ${text}\n`
const before = (level: string, text: string) =>
  `2026-01-02T03:04:05.000006Z ${level.padStart(5)} cli.doctor: mas_cli::commands::doctor: crates/cli/src/commands/doctor.rs:32: ${text}\n`
const doctor = (stderr: string, delegation: Delegation = 'mas', exitCode = 0) =>
  readDoctor({ exitCode, stdout: '', stderr }, delegation)
const refusal = `❌ A Synapse MAS API endpoint at "http://s:8008/_synapse/mas/x" replied with 404 Not Found.
Look at this:

  matrix:
    secret: "very-secret-value"`

describe.each([
  ['today', now],
  ['before v0.16', before],
])('doctor as it prints %s', (_name, line) => {
  test('good lines make no finding', () => {
    const result = doctor(
      line('INFO', '💡 Running diagnostics, …') + line('INFO', '✅ Homeserver is reachable at "x"'),
    )
    expect(result).toEqual({ ran: true, good: 1, findings: [] })
  })

  test('the level decides, also where there is no emoji and over many lines', () => {
    const result = doctor(
      line('INFO', '💡 Running diagnostics, …') +
        line(
          'ERROR',
          'The legacy login API at "x" replied with 502 Bad Gateway.\nThis means something.\n\nSee y',
        ) +
        line('WARN', 'Matrix client well-known is missing the "org.matrix.msc2965.authentication" section.'),
    )
    expect(result.findings.map(({ id, severity }) => [id, severity])).toEqual([
      ['doctor/compatibility-login', 'error'],
      ['doctor/well-known', 'warning'],
    ])
  })

  test('the secret that the row on the API prints is nowhere in the result', () => {
    const result = doctor(line('INFO', '✅ fine') + line('ERROR', refusal))
    expect(result.findings).toMatchObject([{ id: 'doctor/api-of-synapse', severity: 'error' }])
    expect(JSON.stringify(result)).not.toContain('very-secret')
  })

  test('what waits for the switch-over is only noted before it', () => {
    const result = doctor(line('INFO', '✅ fine') + line('ERROR', refusal), 'no')
    expect(result.findings).toMatchObject([{ id: 'doctor/api-of-synapse', severity: 'notice' }])
  })

  test('an unknown complaint keeps its level and none of its text', () => {
    const result = doctor(
      line('INFO', '✅ fine') + line('WARN', '⚠️ something new about mct_abcdefghijklmnop_AbCdE1'),
    )
    expect(result.findings).toMatchObject([{ id: 'doctor/unrecognised', severity: 'warning' }])
    expect(JSON.stringify(result)).not.toContain('mct_')
  })
})

test('a doctor that could not run, or said nothing, is an error', () => {
  const failed = doctor('Error: the host in `matrix.homeserver` is not a valid domain.\n', 'mas', 1)
  for (const result of [failed, doctor('')]) {
    expect(result).toMatchObject({ ran: false, findings: [{ id: 'doctor/did-not-run', severity: 'error' }] })
  }
})

test('a new doctor beside a Synapse in its older delegation mode is healthy', () => {
  const { findings } = doctor(now('INFO', '✅ fine') + now('ERROR', refusal), 'msc3861')
  expect(findings.filter(({ severity }) => severity !== 'notice')).toEqual([])
})

const recordings = resolve(import.meta.dirname, '../../../shared/recordings/mas')

/** What each recording of the real doctor must be said to have, errors and warnings alone. */
const expected: readonly (readonly [string, Delegation, readonly string[]])[] = [
  ['mas-cli/doctor-live', 'mas', []],
  ['mas-cli/doctor-lockout', 'mas', []],
  ['mas-cli/doctor-live-legacy', 'msc3861', []],
  ['mas-cli/doctor-prepared', 'no', []],
  ['mas-cli/doctor-live-mas-stopped', 'mas', ['compatibility-login']],
  ['mas-cli/doctor-live-no-compat-route', 'mas', ['compatibility-login']],
  ['mas-cli/doctor-live-wrong-secret', 'mas', ['api-of-synapse']],
  ['mas-cli/doctor-both-stopped', 'mas', ['homeserver-unreachable', 'compatibility-login']],
  ['mas-cli/doctor-synapse-stopped', 'mas', ['homeserver-unreachable', 'compatibility-login']],
  ['mas-cli/doctor-wellknown-404', 'mas', ['well-known', 'compatibility-login']],
  ['mas-cli/doctor-wellknown-not-json', 'mas', ['well-known', 'compatibility-login']],
  ['mas-cli/doctor-partial-synapse-own-login', 'no', ['issuer-not-https', 'well-known']],
  ['mas-cli-0.13/doctor-live-wellknown-ok', 'msc3861', []],
  ['mas-cli-0.13/doctor-live-wellknown-other-issuer', 'msc3861', ['well-known']],
  ['mas-cli-0.13/doctor-live', 'msc3861', ['well-known']],
  ['mas-cli-0.13/doctor-prepared', 'no', ['well-known']],
  ['mas-cli-0.13/doctor-prepared-mas-stopped', 'no', ['well-known']],
]

test('recordings of the real doctor are understood, where they are at hand', () => {
  for (const [name, delegation, ids] of expected) {
    const path = resolve(recordings, `${name}.txt`)
    if (!existsSync(path)) continue
    const result = doctor(readFileSync(path, 'utf8'), delegation)
    const bad = result.findings.filter(({ severity }) => severity !== 'notice').map(({ id }) => id)
    expect(bad, name).toEqual(ids.map(id => `doctor/${id}`))
    expect(JSON.stringify(result), name).not.toContain('FAKE')
  }
})
