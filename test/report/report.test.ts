import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { consequenceOf, type Finding, openFindings, severities } from '../../src/domain/finding.ts'
import type { MigrationReport, RehearsalReport } from '../../src/domain/reports.ts'
import { annotations } from '../../src/report/annotations.ts'
import { commentMarker, renderComment } from '../../src/report/comment.ts'
import { renderJson } from '../../src/report/json.ts'
import { renderMigration } from '../../src/report/migration.ts'
import { pagesOf } from '../../src/report/pages.ts'
import { renderSarif } from '../../src/report/sarif.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { renderText } from '../../src/report/text.ts'
import { commandLines, parseCommand, runnerLines } from '../lab/runner/commands.ts'
import { printedAnnotation } from '../lab/runner/printed.ts'
import { finding, verdict } from './arbitrary.ts'

const one = (parts: Partial<Finding> = {}): Finding => ({
  id: 'mas/a',
  severity: 'error',
  message: 'wrong',
  why: 'Because.',
  remedy: 'Mend it.',
  ...parts,
})
const pages = { root: 'https://github.com/o/matrix-auth-actions/blob/v1/' }

describe('annotations', () => {
  test('are ten of each severity at most, the rest counted', () => {
    const many = severities.flatMap(severity =>
      Array.from({ length: 12 }, (_, index) => one({ severity, id: `mas/${index}` })),
    )
    const { shown, left } = annotations(many)
    expect(shown.map(({ severity }) => severity)).toEqual(
      severities.flatMap(severity => Array.from({ length: 10 }, () => severity)),
    )
    expect(left).toBe(6)
  })

  test('are one for each rule, with the number of its findings and their places', () => {
    const at = (line: number) => ({ file: 'vars.yml', line, column: 1 })
    const renames = [7, 3, 5].map(line => one({ id: 'playbook/renamed-variable', place: at(line) }))
    const { shown, left } = annotations([...renames, one({ place: at(9) })])
    expect(shown.map(({ title, place }) => [title, place?.startLine])).toEqual([
      ['mas/a', 9],
      ['playbook/renamed-variable', 3],
    ])
    expect(shown[1]?.message).toMatch(/2 more findings of this kind: vars\.yml:5:1, vars\.yml:7:1\./)
    expect(left).toBe(0)
  })

  test('put what locks people out before code on the runner, and names last, whatever their number and lines', () => {
    const ids = [
      'mas/a',
      'providers/b',
      'trust/c',
      'services/d',
      'playbook/no-host',
      'playbook/renamed-variable',
    ]
    const some = fc.record({
      id: fc.constantFrom(...ids, ...Array.from({ length: 12 }, (_, index) => `playbook/unknown-${index}`)),
      severity: fc.constantFrom(...severities),
      line: fc.integer({ min: 1, max: 99 }),
    })
    fc.assert(
      fc.property(fc.array(some, { maxLength: 60 }), drawn => {
        const findings = drawn.map(({ line, ...parts }) =>
          one({ ...parts, place: { file: 'vars.yml', line, column: 1 } }),
        )
        const { shown, left } = annotations(findings)
        const rank = ({ severity, title }: (typeof shown)[number]) =>
          severities.indexOf(severity) * 10 + consequenceOf({ id: title })
        expect(shown.map(rank)).toEqual(shown.map(rank).toSorted((a, b) => a - b))
        const kindOf = (severity: string, id: string) => `${severity} ${id}`
        const seen = new Set(shown.map(({ severity, title }) => kindOf(severity, title)))
        expect(seen.size).toBe(shown.length)
        const unseen = findings.filter(({ severity, id }) => !seen.has(kindOf(severity, id)))
        expect(unseen).toHaveLength(left)
        // What has no annotation is no graver than any that has one, of which there are ten.
        for (const { severity, id } of unseen) {
          const same = shown.filter(each => each.severity === severity)
          expect(same).toHaveLength(10)
          for (const each of same)
            expect(consequenceOf({ id: each.title })).toBeLessThanOrEqual(consequenceOf({ id }))
        }
      }),
    )
  })

  test('stand on the place that the finding names, with columns where it is one line', () => {
    const [line = ''] = annotations([
      one({ place: { file: 'a b,c:d.yml', line: 3, column: 5, endLine: 3, endColumn: 9 } }),
    ]).shown.map(printedAnnotation)
    expect(parseCommand(line)?.properties).toEqual({
      title: 'mas/a',
      file: 'a b,c:d.yml',
      line: '3',
      endLine: '3',
      col: '5',
      endColumn: '9',
    })
  })

  test('are one command each and nothing else, with any findings', () => {
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 5 }), findings => {
        const all = annotations(findings).shown.map(printedAnnotation).flatMap(runnerLines)
        const kinds = openFindings(findings).map(({ id, severity }) => `${severity} ${id}`)
        expect(all).toHaveLength(new Set(kinds).size)
        for (const line of all) expect(severities).toContain(parseCommand(line)?.command)
      }),
    )
  })
})

describe('what is printed or written', () => {
  test("holds no command for either of the runner's parsers", () => {
    fc.assert(
      fc.property(verdict, input => {
        const texts = [
          renderText(input),
          renderSummary(input, pages),
          renderComment({ verdict: input, pages }),
        ]
        for (const text of [...texts, renderJson(input), renderSarif(input, 'inventory/hosts', pages)]) {
          expect(commandLines(text)).toEqual([])
        }
      }),
    )
  })

  test('holds no terminal code and no character that turns or hides others', () => {
    fc.assert(
      fc.property(verdict, input => {
        const texts = [renderText(input), renderSummary(input), renderComment({ verdict: input })]
        for (const text of [...texts, renderJson(input), renderSarif(input, 'inventory/hosts')]) {
          expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
        }
      }),
    )
  })

  test('says of an accepted finding that it is, why, and does not count it', () => {
    const accepted = {
      reason: 'They leave in May.',
      until: '2027-05-31',
      place: { file: 'a.yml', line: 2, column: 3 },
    }
    const input = { hosts: [], findings: [one({ message: 'left alone', accepted })] }
    expect(renderText(input)).toContain('accepted: left alone')
    expect(renderText(input)).toContain('0 findings, 0 errors, 1 accepted')
    const texts = [renderSummary(input), renderComment({ verdict: input })]
    for (const text of texts) {
      expect(text).toContain('No findings (1 accepted)')
      expect(text).toContain('left alone')
      expect(text).toContain('They leave in May. (until 2027')
    }
    expect(annotations(input.findings)).toEqual({ shown: [], left: 0 })
    expect(JSON.parse(renderJson(input)).counts).toEqual({ error: 0, warning: 0, notice: 0, accepted: 1 })
  })

  test("links a finding to its rule's page where the release is known", () => {
    const input = { hosts: [], findings: [one({ page: 'docs/rules/mas-a.md' })] }
    const address = 'https://github.com/o/matrix-auth-actions/blob/v1/docs/rules/mas-a.md'
    expect(renderSummary(input, pages)).toContain(`[\`mas/a\`](${address})`)
    expect(renderSummary(input)).not.toContain('](')
  })

  test('shows the lines that a finding proposes', () => {
    const place = { file: 'a.yml', line: 2, column: 1, endLine: 2, endColumn: 1 }
    const input = { hosts: [], findings: [one({ suggestion: { place, text: 'a: false\nb: false\n' } })] }
    expect(renderSummary(input)).toContain('```text\na: false\nb: false\n')
  })
})

describe("the pages' address", () => {
  const runner = {
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_ACTION_REPOSITORY: 'owner/matrix-auth-actions',
    GITHUB_ACTION_REF: 'release/v1',
  }

  test('is that of the release that the runner fetched', () => {
    expect(pagesOf(runner)?.root).toBe('https://github.com/owner/matrix-auth-actions/blob/release/v1/')
  })

  test.each([
    {},
    { ...runner, GITHUB_ACTION_REF: '' },
    { ...runner, GITHUB_SERVER_URL: 'https://x/)](javascript:y' },
    { ...runner, GITHUB_ACTION_REPOSITORY: 'a/b/c' },
  ])('is none where the runner names no release: %j', environment => {
    expect(pagesOf(environment)).toBeUndefined()
  })
})

describe('the JSON report', () => {
  const schema = JSON.parse(readFileSync('schemas/validation.schema.json', 'utf8'))
  const validate = new Ajv({ strict: true, allErrors: true }).compile(schema)

  test('is valid against its schema', () => {
    fc.assert(
      fc.property(verdict, input => {
        const report = JSON.parse(renderJson(input))
        expect(validate(report) ? [] : validate.errors).toEqual([])
        expect(report.$schema).toBe(schema.$id)
      }),
    )
  })
})

describe('the Markdown reports', () => {
  test('hold no HTML but their own, no mention, and our marker once and first in the comment only', () => {
    fc.assert(
      fc.property(verdict, input => {
        const summary = renderSummary(input)
        const comment = renderComment({ verdict: input, commit: '@octocat<!--' })
        expect(summary).not.toContain('<!--')
        expect(comment.startsWith(`${commentMarker}\n`)).toBe(true)
        expect(comment.slice(1)).not.toContain('<!--')
        for (const text of [summary, comment]) {
          const outsideCode = text.replace(/\\[\s\S]|(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '')
          expect(outsideCode).not.toMatch(
            /@octocat|<(?!br>|\/?(?:details|summary|sub)>|!-- matrix-auth-actions -->)/,
          )
        }
      }),
    )
  })

  test('say what merging does and what was found, the most severe first', () => {
    const text = renderSummary({
      hosts: [
        {
          host: 'matrix.example.test',
          stage: 'live',
          before: 'prepared',
          reason: 'it says so',
          outlook: { expected: 'migrate', sentence: 'Merging migrates.', byActual: [] },
        },
      ],
      findings: [one({ severity: 'warning', message: 'second' }), one({ message: 'first' })],
    })
    expect(text).toContain('prepared → **live**')
    expect(text).toContain('Merging migrates.')
    expect(text).toContain('1 error, 1 warning')
    expect(text.indexOf('first')).toBeLessThan(text.indexOf('second'))
  })

  test('have every row of a table in as many cells as its head', () => {
    fc.assert(
      fc.property(verdict, input => {
        for (const line of renderSummary(input)
          .split('\n')
          .filter(line => line.startsWith('| '))) {
          const cells = line.split(/(?<!\\)\|/).length - 2
          expect([3, 4]).toContain(cells)
        }
      }),
    )
  })

  test('stay below what GitHub takes for a comment, however much there is to say', () => {
    const findings = Array.from({ length: 5000 }, (_, index) =>
      one({ message: `${index} ${'|'.repeat(300)}` }),
    )
    const host = (index: number) => ({
      host: `host-${index}`,
      stage: 'live' as const,
      reason: 'x'.repeat(200),
      outlook: { expected: 'deploy', sentence: 'y'.repeat(200), byActual: [] },
    })
    const few = renderComment({ verdict: { hosts: [host(1)], findings } })
    expect(few.length).toBeLessThan(65_536)
    expect(few).toContain('not shown here')
    const many = renderComment({
      verdict: { hosts: Array.from({ length: 2000 }, (_, i) => host(i)), findings },
    })
    expect(many.length).toBeLessThan(65_536)
    expect(many.startsWith(commentMarker)).toBe(true)
  })

  test('show the result of a rehearsal', () => {
    const rehearsal: RehearsalReport = {
      host: 'matrix.example.test',
      verdict: 'clean',
      message: 'The rehearsal found nothing.',
      counts: { users: 1000, plainTokens: 1, refreshTokens: 12 },
      expectedWindowSeconds: 4.26,
      findings: [],
    }
    const comment = (parts: Partial<RehearsalReport> = {}) =>
      renderComment({ verdict: { hosts: [], findings: [] }, rehearsals: [{ ...rehearsal, ...parts }] })
    expect(comment()).toContain('1000 accounts, 1 access token, 12 refresh tokens')
    expect(comment()).toContain('| 2.1 to 4.3 s |')
    expect(comment()).toContain('✅ clean')
    expect(comment({ verdict: 'failed' }).split('\n')[2]).toContain('❌ The rehearsal could not run')
    expect(comment({ verdict: 'would-fail' }).split('\n')[2]).toContain('❌ The migration would fail')
  })
})

describe('the summary of a migration', () => {
  const report: MigrationReport = {
    schema: 1,
    host: 'matrix.example.com',
    dialect: 'mas-cli',
    operation: 'migrate',
    run: 'r',
    outcome: 'restored',
    startedAt: '2026-11-28T00:00:00Z',
    windowSeconds: 5.44,
    expectedWindowSeconds: 6,
    syn2masSeconds: 2.2,
    overheadSeconds: 3.24,
    steps: [
      { name: 'answer', seconds: 1.5, result: 'done' },
      { name: 'prove', result: 'failed' },
    ],
    proofs: [{ name: 'Synapse delegates', result: 'fails', detail: 'HTTP 200 ##[error]' }],
    checks: [],
    warnings: [],
    findings: [],
    lost: { sessions: 3, accounts: 0, unheardOf: 1 },
    failure: 'It did not work.\nWhere: here\nWhat to do: Fix it.',
  }

  test('says in sentences what happened, how long users waited and what was lost', () => {
    const text = renderMigration(report, { lines: ['a: true'], file: 'inventory/vars.yml' })
    expect(text).toContain('## Migration of `matrix.example.com`: ❌ failed; the server is as before')
    expect(text).toContain(
      'Downtime for users: **5.4 s** (expected 3.0 to 6.0 s, syn2mas took 2.2 s, everything else took 3.2 s).',
    )
    expect(text).toContain('**It did not work.**\n\n- Where: here\n- What to do: Fix it.')
    expect(text).toContain('| Wait until users get answers again | 1.5 s | done |')
    expect(text).toContain('| Prove that users can continue |  | ❌ failed |')
    expect(text).toContain(
      'These changes that users made in MAS were discarded:\n\n- 3 new sessions\n- 1 unheardOf\n\n',
    )
    expect(text).toContain('| Synapse delegates | ❌ failed | HTTP 200 ')
    expect(text).toContain('restores these lines in `inventory/vars.yml`.\n\n```text\na: true\n```')
    expect(commandLines(text)).toEqual([])
  })

  test.each([
    [{ operation: 'rollback', outcome: 'rolled-back' }, 'Rollback of `matrix.example.com`: ✅ rolled back'],
    [
      { operation: 'repair', outcome: 'rolled-back' },
      "Cleanup of `matrix.example.com`: ✅ MAS's database is empty again",
    ],
    [
      { operation: 'resume', resumed: 'migrate', outcome: 'restored' },
      'Unfinished run on `matrix.example.com`: ❌ it had failed; the server is as before',
    ],
  ] as const)('of %j is headed: %s', (parts, heading) => {
    expect(renderMigration({ ...report, ...parts })).toContain(`## ${heading}\n`)
  })

  test('says that a refused or failed rollback would discard changes, and has discarded none', () => {
    for (const outcome of ['abandoned', 'restored'] as const) {
      const text = renderMigration({ ...report, operation: 'rollback', outcome })
      expect(text).toContain('A rollback discards these changes that users made in MAS:\n\n- 3 new sessions')
      expect(text).not.toContain('were discarded')
    }
  })

  test('has the change of the vars as a command to paste, where it is known', () => {
    const patch = '--- a/x\n+++ b/x\n@@ -0,0 +1,1 @@\n+a: true'
    const text = renderMigration(report, { lines: ['a: true'], patch })
    expect(text).toContain('these lines in the vars of `matrix.example.com`. To set them, paste')
    expect(text).toContain(`git apply --unidiff-zero <<'END'\n${patch}\nEND\n`)
  })

  test('a failed check after the migration is no failed proof', () => {
    const checks = [{ name: 'the server matches the vars', result: 'fails', detail: 'a file' }] as const
    const text = renderMigration({ ...report, proofs: [], checks })
    expect(text).toContain('| Check after the migration | Result | Details |')
    expect(text).toContain('| the server matches the vars | ⚠️ failed; nothing is restored | a file |')
    expect(text).not.toContain('Proof')
  })

  test('says in one sentence that nothing was lost', () => {
    const text = renderMigration({ ...report, lost: { sessions: 0, accounts: 0 } })
    expect(text).toContain('Users changed nothing in MAS, so nothing was lost.')
    expect(text).not.toContain('- 0')
  })
})
