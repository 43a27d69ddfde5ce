import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { writeJson, writePage } from '../../src/actions/report-files.ts'
import { Repository } from '../../src/actions/repository.ts'
import { runnerPort } from '../../src/actions/runner-port.ts'
import { commands } from '../../src/cli/commands.ts'
import type { Invocation } from '../../src/cli/invocation.ts'
import { wrapped } from '../../src/cli/screen.ts'
import { terminal } from '../../src/cli/terminal.ts'
import { inTerminalWords } from '../../src/cli/words.ts'
import type { Deployment, MigrationReport } from '../../src/domain/reports.ts'
import { startOperation } from '../../src/domain/start-apply.ts'
import { findingsOf, type Report } from '../../src/report/report.ts'
import { projectRoot } from '../lab/runner/runner.ts'
import { finding, verdict } from '../report/arbitrary.ts'
import { cli, schemaErrors } from './run.ts'
import { fakeScreen } from './screen.ts'

const reword = (text: string) => inTerminalWords(text, new Set(['limit']))

async function shown(report: Report, how: { json?: boolean; isTerminal?: boolean } = {}): Promise<string> {
  const { json = false, isTerminal = false } = how
  const screen = fakeScreen({ isTerminal })
  await terminal(screen, { json, reword }).show(report)
  return screen.printed.out
}

const validation = verdict.map((each): Report => ({ kind: 'validation', verdict: each, isSummarised: false }))
/** What is accepted is folded in a document. */
const openFinding = finding.map(({ accepted: _, ...rest }) => rest)
const health = fc.array(openFinding, { maxLength: 5 }).map(
  (findings): Report => ({
    kind: 'health',
    hosts: [{ host: 'h', stage: 'live', healthy: false, findings, good: 1 }],
  }),
)

const migration: MigrationReport = {
  schema: 1,
  host: 'matrix.example.test',
  dialect: 'mas-cli',
  operation: 'migrate',
  run: 'r',
  outcome: 'restored',
  startedAt: '2026-11-28T10:00:00Z',
  steps: [{ name: 'syn2mas', seconds: 1.25, result: 'failed' }],
  windowSeconds: 4.2,
  proofs: [{ name: 'Old sessions', result: 'fails', detail: '401' }],
  checks: [],
  lost: { sessions: 2 },
  warnings: ['`limit` is empty.'],
  findings: [],
}

describe('the result of an action at a terminal', () => {
  test('has no code for a terminal and no command for a runner, whatever its texts are', () =>
    fc.assert(
      fc.asyncProperty(fc.oneof(validation, health), fc.boolean(), async (report, isTerminal) => {
        const text = await shown(report, { isTerminal })
        expect(text).not.toMatch(/[^\n\P{Cc}]|[\u202e\u2028]|##\[/u)
        if (!isTerminal) expect(text).not.toMatch(/^\s*::/m)
      }),
    ))

  test('has each finding, as lines, in groups and as JSON', () =>
    fc.assert(
      fc.asyncProperty(fc.oneof(validation, health), async report => {
        const ids = findingsOf(report).map(({ id }) => id)
        const all = [{ isTerminal: false }, { isTerminal: true }, { json: true }].map(how =>
          shown(report, how),
        )
        for (const text of await Promise.all(all)) for (const id of ids) expect(text).toContain(id)
      }),
    ))

  test('of a migration names the outcome, the downtime, the losses, the failed proof and the lines to restore', async () => {
    const toRestore = { lines: ['a: true'], patch: '--- a/x' }
    const text = await shown({ kind: 'migration', report: migration, toRestore }, { isTerminal: true })
    for (const part of [
      '❌ Failed; the server is as before; downtime 4.2 s; users lost 2 new sessions\n',
      'Migration of matrix.example.test, started at 2026-11-28 10:00 UTC',
      'Downtime: 1.3 s\n     1.3 s  Run syn2mas\n',
      '- ❌ Failed: Old sessions\n  401\n',
      '- 2 new sessions\n',
      '`--limit` is empty.',
      "  git apply --unidiff-zero <<'END'\n  --- a/x\n  END\n",
    ])
      expect(text).toContain(part)
    expect(text).not.toContain('How it was proven')
    expect(
      schemaErrors(
        'migration',
        JSON.parse(await shown({ kind: 'migration', report: migration }, { json: true })),
      ),
    ).toEqual([])
  })

  test('of a migration that succeeded says how to roll back with this program', async () => {
    const report = { ...migration, outcome: 'migrated', lost: undefined } as const
    expect(await shown({ kind: 'migration', report })).toContain(
      '- Run `matrix-auth-actions rollback` for matrix.example.test. If users',
    )
  })

  test('says where the format of the file of accepted findings is, if a finding can be accepted', async () => {
    const textFor = (remedy: string) => {
      const found = { id: 'mas/a', severity: 'warning', message: 'a', why: 'b', remedy } as const
      return shown({ kind: 'validation', verdict: { hosts: [], findings: [found] }, isSummarised: false })
    }
    expect(await textFor('Accept it in `accepted-findings.yml`.')).toMatch(
      /The format of accepted-findings\.yml: https:\S+#accepting-a-finding\n/,
    )
    expect(await textFor('Fix it.')).not.toContain('format')
  })

  test('has lines that fit the screen', async () => {
    const host = { host: 'h', verdict: 'clean', message: 'word '.repeat(100).trim(), findings: [] } as const
    const text = await shown({ kind: 'rehearsal', hosts: [host], receipts: [] }, { isTerminal: true })
    const lengths = text.split('\n').map(line => line.length)
    expect(Math.max(...lengths)).toBeLessThanOrEqual(80)
    expect(lengths.filter(length => length > 70)).toHaveLength(6)
  })

  test('never has a command on two lines', () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'word', '`b --c d`', '`one two three four five`.')),
        words => {
          const text = words.join(' ')
          const lines = wrapped(text, 20).split('\n')
          expect(lines.join(' ')).toBe(text)
          for (const line of lines)
            expect(line.match(/`/g)?.length ?? 0).toSatisfy((count: number) => count % 2 === 0)
        },
      ),
    ))

  test('of a rehearsal, a deployment and a status says what a person has to know', async () => {
    const rehearsal = {
      host: 'h',
      verdict: 'clean',
      message: 'Nothing.',
      counts: { users: 2 },
      expectedWindowSeconds: 6,
      findings: [],
    } as const
    expect(await shown({ kind: 'rehearsal', hosts: [rehearsal], receipts: [] })).toBe(
      'Rehearsal\n\n✅ No findings\n\n- h: ✅ clean. Nothing.\n  Would migrate: 2 accounts.\n  Expected downtime: 3.0 to 6.0 s.\n',
    )
    const deployment: Deployment = {
      host: 'h',
      before: 'off',
      after: 'prepared',
      actual: 'absent',
      plan: 'deploy',
      why: 'New.',
      tags: [],
      stageAfter: 'installed',
      changed: ['a', 'b'],
      seconds: 61,
    }
    const report = { kind: 'deployment', deployments: [deployment], ok: true } as const
    expect(await shown(report)).toBe(
      'Deployment\n\n- h: 2 changed tasks in 61 s\n  Vars: off → prepared · stage of the server: absent → installed\n',
    )
    expect(
      schemaErrors('terminal#/definitions/deployment', JSON.parse(await shown(report, { json: true }))),
    ).toEqual([])
    const status = { host: 'h', vars: 'live', stage: 'live', why: 'Yes.', text: 'lock      free' } as const
    expect(await shown({ kind: 'status', ...status, next: 'Nothing to do.' })).toBe(
      'Status of h\n\nNext: Nothing to do.\n\n  vars      ask for live: users log in through MAS.\n  stage     live: Yes.\n  rehearsal none\n  lock      free\n\nA run holds the lock while it prepares or finishes. The window is the time in which it changes the server. The hold keeps Synapse from starting. https://github.com/matrix-auth-actions/matrix-auth-actions/blob/main/docs/stages.md explains the stages.\n',
    )
    const rehearsed = { at: '2026-11-29T15:00:01Z', passes: true, expectedWindowSeconds: 8 }
    expect(
      await shown({ kind: 'status', ...status, rehearsal: rehearsed, next: 'Nothing to do.' }),
    ).toContain('\n  rehearsal 2026-11-29 15:00 UTC: passed; expected downtime: 4.0 to 8.0 s\n')
  })
})

describe('a file that a command writes from its result', () => {
  const migrated: Report = {
    kind: 'migration',
    report: { ...migration, outcome: 'migrated', lost: undefined },
  }
  const folder = () => mkdtempSync(join(tmpdir(), 'reports-'))
  const runtimeIn = (root: string) => ({
    environment: {},
    repository: new Repository(root),
    log: () => undefined,
    port: terminal(fakeScreen(), { json: false, reword }),
  })

  test('has the words of a terminal, as JSON and as a page', () => {
    const root = folder()
    writeJson(runtimeIn(root), 'r.json', migrated)
    writePage(runtimeIn(root), 'r.json', migrated)
    expect(readFileSync(join(root, 'r.json'), 'utf8')).toContain('`--limit` is empty.')
    const page = readFileSync(join(root, 'r.html'), 'utf8')
    expect(page).toContain('<code>--limit</code> is empty.')
    expect(page).toContain(
      'Run <code>matrix-auth-actions rollback</code> for <code>matrix.example.test</code>',
    )
    expect(page).not.toMatch(/GitHub|workflow/)
  })

  test('keeps the words of an action where an action writes it', () => {
    const root = folder()
    const runtime = { ...runtimeIn(root), port: runnerPort({}) }
    writeJson(runtime, 'r.json', migrated)
    writePage(runtime, 'r.json', migrated)
    expect(readFileSync(join(root, 'r.json'), 'utf8')).toContain('`limit` is empty.')
    expect(readFileSync(join(root, 'r.html'), 'utf8')).toContain('On GitHub: Actions')
  })
})

test('a terminal has colours, unless NO_COLOR is set', async () => {
  const run = (env: Record<string, string>) =>
    cli(['validate'], {
      cwd: mkdtempSync(join(tmpdir(), 'colours-')),
      env: { TERM: 'xterm-256color', ...env },
      hasTerminal: true,
      program: join(projectRoot, 'src/cli/main.ts'),
    })
  expect((await run({})).stdout).toContain('\u001b[31m')
  expect((await run({ NO_COLOR: '1' })).stdout).not.toContain('\u001b')
})

test('where a command had nothing to do, it says so in the words of a terminal', async () => {
  const screen = fakeScreen({ isTerminal: true })
  const sentence = `Run r migrated the server. To show its report, ${startOperation('resume')}.`
  const invocation = {
    terminal: terminal(screen, { json: false, reword }),
    performOnServer: async () => ({ plan: 'nothing', sentence }),
  }
  await commands.find(({ name }) => name === 'rollback')?.run(invocation as unknown as Invocation)
  expect(screen.printed.out).toBe(
    'Run r migrated the server. To show its report, run `matrix-auth-actions resume`.\n',
  )
})
