import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readSyn2mas } from '../../src/mas/output/syn2mas-output.ts'
import { recording } from '../recordings.ts'

const time = '2026-01-02T03:04:05.000006Z'
const masCli = (exitCode: number | null, stderr: string, stdout = '') =>
  readSyn2mas({ dialect: 'mas-cli', exitCode, stdout, stderr })
const nodeTool = (exitCode: number, stdout: string) =>
  readSyn2mas({ dialect: 'syn2mas-tool', exitCode, stdout, stderr: '' })
const said = (level: string, text: string) =>
  `\u001b[32m[2026-01-02T03:04:05.006] [${level}] migrate - \u001b[39m${text}\n`
const usersDone = `${time}  INFO syn2mas::migration:330 12 users migrated (3 skipped) in 0.4s\n`
const block = (name: string, ...texts: string[]) =>
  `\n\n===== ${name} =====\nAn introduction:\n\n${texts.map(text => `• ${text}\n\n`).join('')}`
const phones = 'Synapse database contains 4 non-email 3PIDs (probably phone numbers), which will be kept.'

describe('mas-cli', () => {
  test('exit 0 with counted accounts and no warnings is clean', () => {
    const result = masCli(
      0,
      `${usersDone}${time}  WARN syn2mas::mas_writer:9 Migration ran in dry-run mode, bye\n`,
    )
    expect(result).toMatchObject({ outcome: 'clean', findings: [] })
  })

  test('exit 0 with a block of warnings is not clean', () => {
    const result = masCli(0, block('Warnings', phones) + usersDone)
    expect(result.outcome).toBe('warnings')
    expect(result.findings).toMatchObject([
      { id: 'syn2mas/non-email-threepids', severity: 'warning', count: 4 },
    ])
  })

  test('exit 0 without counts is unproven', () => {
    expect(masCli(0, '')).toMatchObject({ outcome: 'unproven', findings: [{ id: 'syn2mas/no-result' }] })
  })

  test('the block decides the severity of a message that occurs in both blocks', () => {
    const text =
      "Synapse database contains 2 users associated to the OpenID Connect or OAuth2 provider 'oidc-x' but the Synapse configuration does not contain this provider."
    const id = 'syn2mas/provider-not-in-synapse'
    expect(masCli(10, block('Errors', text))).toMatchObject({
      outcome: 'errors',
      findings: [{ id, severity: 'error', count: 2 }],
    })
    expect(masCli(11, block('Warnings', text)).findings).toMatchObject([{ id, severity: 'warning' }])
  })

  test('a run that fails without output still has an error', () => {
    expect(masCli(137, usersDone)).toMatchObject({ outcome: 'failed', findings: [{ id: 'syn2mas/failed' }] })
    expect(masCli(null, '').findings[0]?.severity).toBe('error')
  })

  test('an unknown message is quoted, masked and without account names', () => {
    const result = masCli(
      1,
      'Error: @ann:example.test has syt_YW5u_abcdefghij_012345 twice\n\nCaused by:\n    0: x\n',
    )
    expect(result.findings[0]).toMatchObject({ id: 'syn2mas/unrecognised' })
    expect(JSON.stringify(result)).not.toMatch(/ann|syt_/)
  })

  test('progress and the reset of an incomplete run are not findings', () => {
    const result = masCli(
      0,
      `${time}  WARN syn2mas::mas_writer:815 Partial syn2mas migration has already been done; resetting.
${time}  INFO progress migrating devices: 40 (2 skipped) /~80 (~52.5%)
${time}  INFO progress migrating users: 1 (0 skipped) /~0 (~inf%)
${usersDone}`,
    )
    expect(result.findings).toEqual([])
  })

  test('slow statements that the database library logs are not findings', () => {
    expect(
      masCli(0, `${time}  WARN sqlx::query:125 slow statement: x db.statement="SELECT"\n${usersDone}`),
    ).toMatchObject({
      outcome: 'clean',
    })
  })
})

describe('the Node tool', () => {
  test('only zero fatals and zero warnings at exit 0 are clean', () => {
    const end = (warnings: number) =>
      nodeTool(
        0,
        said('INFO', `Completed migration dry-run of 5 users with 0 fatals and ${warnings} warnings:`),
      )
    expect(end(0).outcome).toBe('clean')
    expect(end(2).outcome).toBe('warnings')
  })

  test('a warning of a dry run is an error and is counted once', () => {
    const phone = said('WARN', 'Skipping non-email 3pid msisdn for user @bo:example.test')
    const result = nodeTool(
      0,
      `${said('WARN', 'User @bo:example.test had 1 warnings')}${said('INFO', 'Completed migration dry-run of 5 users with 0 fatals and 1 warnings:')}${phone}${phone}`,
    )
    expect(result.findings.map(({ id, severity, count }) => [id, severity, count])).toEqual([
      ['syn2mas/account-had-warnings', 'error', 1],
      ['syn2mas/non-email-threepids', 'error', 1],
    ])
    expect(JSON.stringify(result)).not.toContain('@bo')
  })

  test('an uncaught error with several lines is one finding', () => {
    const result = nodeTool(
      1,
      '[2026-01-02T03:04:05.006] [ERROR] default - Error: Could not find upstream provider 01JD000000000000000000000X in MAS database\n    at x\n    at y\n',
    )
    expect(result.findings).toHaveLength(1)
    expect(result.findings[0]).toMatchObject({ id: 'syn2mas/provider-not-in-mas' })
  })
})

interface Run {
  readonly name: string
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

function runsIn(folder: string, names: RegExp): readonly Run[] {
  return readdirSync(folder)
    .filter(name => names.test(name))
    .map(name => {
      const text = readFileSync(resolve(folder, name), 'utf8')
      const parts = /# exit (\d+)\n--- stdout ---\n([\s\S]*?)--- stderr ---\n?([\s\S]*)/.exec(text)
      return { name, exitCode: Number(parts?.[1]), stdout: parts?.[2] ?? '', stderr: parts?.[3] ?? '' }
    })
}

/**
 * Those of the real tools are in no clone of this repository. The transcripts of the stand-in have the same texts, but placeholders for
 * the times of a migration, without which no result counts.
 */
const transcripts = resolve(import.meta.dirname, '../lab/mas/fixtures/transcripts')
const folders = [
  ['mas-cli', transcripts, /^(check|bad|no-sub)/],
  ['mas-cli', recording('mas/mas-cli'), /^(check|migrate|dry-run|scratch|bad|no-sub)/],
  ['syn2mas-tool', recording('mas/syn2mas-tool'), /^(check|migrate|dry-run|scratch|bad|no-sub)/],
] as const

describe.each(folders.filter(([, folder]) => existsSync(folder)))(
  'in the runs of %s in %s',
  (dialect, folder, names) => {
    test.each(runsIn(folder, names).map(run => [run.name, run] as const))(
      '%s: every message is recognised, and the exit code decides the outcome',
      (name, run) => {
        const { findings, outcome } = readSyn2mas({ dialect, ...run })
        const isWell = [0, 11].includes(run.exitCode)
        expect(findings.map(({ id }) => id)).not.toContain('syn2mas/unrecognised')
        expect(['clean', 'warnings'].includes(outcome)).toBe(isWell)
        const hasErrors = findings.some(({ severity }) => severity === 'error')
        expect(hasErrors).toBe(!isWell || name === 'dry-run-warning.txt')
      },
    )
  },
)
