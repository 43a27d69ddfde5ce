import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, test } from 'vitest'
import { countsBy } from '../../src/domain/account-counts.ts'
import { consequenceOf, type Finding, openFindings, severities } from '../../src/domain/finding.ts'
import type { MigrationReport, RehearsalReport } from '../../src/domain/reports.ts'
import { desiredStages } from '../../src/domain/stage.ts'
import { steps as stepTexts } from '../../src/domain/steps.ts'
import type { HostVerdict } from '../../src/domain/verdict.ts'
import { annotations } from '../../src/report/annotations.ts'
import { type CommentParts, commentMarker, renderComment } from '../../src/report/comment.ts'
import type { Document } from '../../src/report/document.ts'
import { healthDocument } from '../../src/report/health.ts'
import { renderJson } from '../../src/report/json.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { migrationDocument, nothingDone } from '../../src/report/migration.ts'
import { pagesOf } from '../../src/report/pages.ts'
import { meaningOf } from '../../src/report/proofs.ts'
import { rehearsalDocument, rehearsalMessages } from '../../src/report/rehearsal.ts'
import { renderSarif } from '../../src/report/sarif.ts'
import { checkDocument, renderSummary } from '../../src/report/summary.ts'
import { renderText } from '../../src/report/text.ts'
import { commandLines, parseCommand, runnerLines } from '../lab/runner/commands.ts'
import { printedAnnotation } from '../lab/runner/printed.ts'
import { finding, verdict } from './arbitrary.ts'
import * as samples from './samples.ts'

const one = (parts: Partial<Finding> = {}): Finding => ({
  id: 'mas/a',
  severity: 'error',
  message: 'wrong',
  why: 'Because.',
  remedy: 'Mend it.',
  ...parts,
})
const migrating: HostVerdict = {
  host: 'matrix.example.test',
  stage: 'live',
  before: 'prepared',
  reason: 'it says so',
  outlook: { expected: 'migrate', sentence: 'Merging migrates.' },
}
const deploying: HostVerdict = { ...migrating, outlook: { ...migrating.outlook, expected: 'deploy' } }
const toHtml = (markdown: string) =>
  micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true })
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
      expect(text).toContain('No findings \\(1 accepted\\)')
      expect(text).toContain('left alone')
      expect(text).toContain('They leave in May. \\(until 2027')
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
    expect(renderSummary(input)).toContain('@@ -1,0 +2,2 @@\n+a: false\n+b: false\n')
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
  test('hold no HTML but their own, no mention, and our markers in the comment only', () => {
    fc.assert(
      fc.property(verdict, input => {
        const summary = renderSummary(input)
        const comment = renderComment({ verdict: input, commit: '@octocat<!--', previous: summary })
        expect(summary).not.toContain('<!--')
        expect(comment.startsWith(`${commentMarker}\n`)).toBe(true)
        expect(comment.slice(1).match(/<!--(?! findings:[\w /~-]*-->\n$)/g)).toBeNull()
        for (const text of [summary, comment]) {
          const outsideCode = text.replace(/\\[\s\S]|(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '')
          expect(outsideCode).not.toMatch(
            /@octocat|<(?!br>|\/?(?:details|summary|sub)>|!-- (?:matrix-auth-actions|findings:[^>]*) ?-->)/,
          )
        }
      }),
    )
  })

  test('say what merging does and what was found, the most severe first', () => {
    const text = renderSummary({
      hosts: [migrating],
      findings: [one({ severity: 'warning', message: 'second' }), one({ message: 'first' })],
    })
    expect(text).toContain('prepared → live')
    expect(text).toContain('- `matrix.example.test`: Merging migrates.')
    expect(text).toContain('1 error, 1 warning')
    expect(text.indexOf('first')).toBeLessThan(text.indexOf('second'))
  })

  test('stay below what GitHub takes for a comment, however much there is to say', () => {
    const findings = Array.from({ length: 5000 }, (_, index) =>
      one({ message: `${index} ${'|'.repeat(300)}` }),
    )
    const host = (index: number) => ({
      host: `host-${index}`,
      stage: 'live' as const,
      reason: 'x'.repeat(200),
      outlook: { expected: 'deploy', sentence: 'y'.repeat(200) },
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
})

test('no document has two lists in a row, which Markdown would make one', () => {
  const inRow = (document: Document) =>
    document.some((block, index) => block.kind === 'list' && document[index + 1]?.kind === 'list')
  fc.assert(
    fc.property(verdict, input => {
      const { findings } = input
      const documents = [
        checkDocument(input, 50),
        healthDocument([{ ...samples.health, findings }]),
        migrationDocument({ ...samples.migration, findings }),
        rehearsalDocument([{ ...samples.rehearsal, findings }]),
      ]
      expect(documents.filter(inRow)).toEqual([])
    }),
  )
})

test.each([
  ['notice', '✅'],
  ['warning', '⚠️'],
] as const)('a rehearsal that passed with a %s has the sign %s, and says what to read', (severity, sign) => {
  const findings = [{ ...samples.finding, severity }]
  const rehearsal = {
    ...samples.rehearsal,
    verdict: 'findings',
    message: rehearsalMessages.findings,
    findings,
  } as const
  const text = renderMarkdown(rehearsalDocument([rehearsal]))
  expect(text).toContain(
    `${sign} passed, with findings. Nothing would stop the migration. Read the findings first.`,
  )
  expect(text).not.toContain('found nothing')
})

describe('the comment', () => {
  const rehearsal: RehearsalReport = {
    host: migrating.host,
    verdict: 'clean',
    message: 'The rehearsal found nothing.',
    counts: { users: 1000, plainTokens: 1, refreshTokens: 12 },
    expectedWindowSeconds: 4.26,
    rehearsedAt: '2026-11-28T03:17:22Z',
    findings: [],
  }
  const comment = (parts: Partial<CommentParts> & { findings?: Finding[]; hosts?: HostVerdict[] } = {}) =>
    renderComment({
      verdict: { hosts: parts.hosts ?? [migrating], findings: parts.findings ?? [] },
      ...parts,
    })
  const verdictOf = (text: string) => text.split('\n')[2]

  test.each<[string, Parameters<typeof comment>[0]]>([
    ['✅ Ready to migrate; expected downtime: 2.1 to 4.3 s', { rehearsals: [rehearsal] }],
    [
      '✅ Ready to migrate; expected downtime: 2.1 to 4.3 s; 1 warning',
      { rehearsals: [rehearsal], findings: [one({ severity: 'warning' })] },
    ],
    ['⏳ Not ready yet: the migration has not been rehearsed for this commit', {}],
    [
      '⏳ Not ready yet: the migration has not been rehearsed for this commit; 1 warning, 1 notice',
      { findings: [one({ severity: 'warning' }), one({ severity: 'notice' })] },
    ],
    ['❌ Not ready: 1 error', { findings: [one()] }],
    ['❌ Not ready: The rehearsal could not run', { rehearsals: [{ ...rehearsal, verdict: 'failed' }] }],
    ['❌ Not ready: The migration would fail', { rehearsals: [{ ...rehearsal, verdict: 'would-fail' }] }],
    ['✅ Ready to deploy: 1 warning', { hosts: [deploying], findings: [one({ severity: 'warning' })] }],
    [
      '⚠️ Merging does not roll back a live server unless you accept the warning; 1 warning',
      {
        hosts: [{ ...deploying, outlook: { ...deploying.outlook, expected: 'roll-back' } }],
        findings: [one({ id: 'change/live-to-prepared', severity: 'warning' })],
      },
    ],
    [
      '⚠️ Ready to roll back to Synapse&#39;s built\\-in login; 1 error',
      {
        hosts: [{ ...deploying, outlook: { ...deploying.outlook, expected: 'roll-back' } }],
        findings: [one()],
      },
    ],
    [
      '✅ Nothing to do',
      { hosts: [{ ...deploying, outlook: { ...deploying.outlook, expected: 'nothing' } }] },
    ],
    ['❌ Not ready', { hosts: [{ ...deploying, outlook: { ...deploying.outlook, expected: 'refuse' } }] }],
  ])('begins with the verdict: %s', (line, parts) => {
    expect(verdictOf(comment(parts))).toContain(`### ${line}`)
  })

  test('says of a rollback that is not accepted what to do, and what errors stop', () => {
    const hosts = [{ ...deploying, outlook: { ...deploying.outlook, expected: 'roll-back' } }]
    const warning = one({ id: 'change/live-to-prepared', severity: 'warning' })
    const text = comment({ hosts, findings: [warning] })
    expect(text).toMatch(/Next:.* already, merge this pull request.*first accept the warning/)
    expect(text).not.toContain('only after the errors are fixed')
    expect(comment({ hosts, findings: [warning, one()] })).toContain('only after the errors are fixed')
  })

  test('says where the rollback of some hosts is accepted that only these are rolled back', () => {
    const outlook = { ...deploying.outlook, expected: 'roll-back' }
    const hosts = ['a', 'b'].map(host => ({ ...deploying, host, outlook }))
    const text = comment({
      hosts,
      findings: [one({ id: 'change/live-to-prepared', severity: 'warning', host: 'b' })],
    })
    expect(verdictOf(text)).toContain(
      'Merging rolls back only the servers whose warning is accepted; 1 warning',
    )
    expect(text).toMatch(/Next:.*approves the rollback/)
  })

  test('says what would migrate, what happens next, and who must approve', () => {
    const text = comment({ rehearsals: [rehearsal] })
    expect(text).toContain('1000 accounts, 1 access token, 12 refresh tokens')
    expect(text).toContain('Rehearsed at 2026')
    expect(text).toMatch(/Next:.*merge this pull request.*reviewer of the environment `matrix-production`/)
    expect(comment()).toMatch(/Next:.*reviewer of the environment `matrix-rehearsal`/)
  })

  test('says to rehearse again without a commit where only the rehearsal failed, and to push one where vars are wrong', () => {
    const failed = { ...rehearsal, verdict: 'failed' } as const
    const wouldFail = { ...rehearsal, verdict: 'would-fail', findings: [one()] } as const
    for (const each of [failed, wouldFail])
      expect(comment({ rehearsals: [each] })).toMatch(/Next:.*stopped the rehearsal.*failed jobs of its run/)
    expect(comment({ rehearsals: [failed], findings: [one()] })).toMatch(/Next:.*fix the errors and push/)
  })

  test.each([
    ['one rehearsal', [rehearsal], '2026-12-05 03:17 UTC'],
    [
      'the oldest rehearsal',
      [{ ...rehearsal, host: 'b', rehearsedAt: '2026-11-29T00:00:00Z' }, rehearsal],
      '2026-12-05 03:17 UTC',
    ],
  ])('says until when %s is valid, and what to do afterwards', (_, rehearsals, until) => {
    const shown = until.replaceAll('-', '\\-')
    expect(comment({ rehearsals })).toContain(
      `The rehearsal is valid until **${shown}** by default. After that, rehearse again before you merge.`,
    )
    expect(renderMarkdown(rehearsalDocument(rehearsals))).toContain(`valid until ${shown} by default`)
  })

  test('says nothing of the time of a rehearsal that has no readable one, or did not pass', () => {
    for (const rehearsedAt of ['yesterday', '+275760-09-13T00:00:00Z', ''])
      expect(comment({ rehearsals: [{ ...rehearsal, rehearsedAt }] })).not.toContain('valid until')
    const failed = { ...rehearsal, verdict: 'would-fail' } as const
    expect(comment({ rehearsals: [failed] })).not.toContain('valid until')
    expect(renderMarkdown(rehearsalDocument([failed]))).not.toContain('valid until')
  })

  test('on a rollback with errors says what they stop', () => {
    const rollback = { hosts: [{ ...deploying, outlook: { ...deploying.outlook, expected: 'roll-back' } }] }
    expect(comment({ ...rollback, findings: [one()] })).toContain('only after the errors are fixed')
    expect(comment(rollback)).not.toContain('only after the errors are fixed')
  })

  test('tells the author of a draft to mark it as ready, because a draft is not rehearsed', () => {
    expect(comment({ isDraft: true })).toMatch(/Next:.*ready for review/)
    expect(comment({ isDraft: true })).not.toContain('matrix\\-rehearsal')
  })

  test('of a repository that applies nothing says which command to run, and that the merge changes no server', () => {
    const byHand = (host: HostVerdict, findings: readonly Finding[] = []) =>
      renderComment({ verdict: { hosts: [host], findings, appliedByHand: true } })
    const rollingBack = { ...deploying, outlook: { ...deploying.outlook, expected: 'roll-back' } }
    for (const [host, commands] of [
      [migrating, ['rehearse', 'migrate']],
      [deploying, ['deploy']],
      [rollingBack, ['rollback']],
    ] as const) {
      const text = byHand(host)
      expect([...text.matchAll(/`npx matrix-auth-actions (\w+)`/g)].map(([, name]) => name)).toEqual(commands)
      expect(text).toContain('changes no server')
      expect(text).not.toMatch(/environment|reviewer/)
    }
    expect(byHand(migrating, [one()])).toContain('do not merge')
    const warning = one({ id: 'change/live-to-prepared', severity: 'warning' })
    expect(byHand(rollingBack, [warning])).toContain('Ready to roll back')
  })

  test('links the page that explains the stages of the vars', () => {
    const text = comment({ pages: { root: 'https://github.com/o/r/blob/v1/' } })
    const [, page = ''] =
      /\[What the stages are\]\(https:\/\/github\.com\/o\/r\/blob\/v1\/([^#)]*)/.exec(text) ?? []
    const explained = readFileSync(page, 'utf8')
    for (const stage of desiredStages) expect(explained).toContain(`\n| \`${stage}\` |`)
  })

  test.each<[string, Parameters<typeof comment>[0]]>([
    ['migration', { rehearsals: [rehearsal] }],
    ['deployment', { hosts: [deploying] }],
  ])('on a %s with warnings says to read them before the merge', (_, parts) => {
    const next = (severity: Finding['severity']) =>
      comment({ ...parts, findings: [one({ severity })] }).match(/\*\*Next:\*\*.*/)?.[0]
    expect(next('warning')).toContain('**Next:** read the warnings below, then merge this pull request.')
    expect(next('notice')).toContain('**Next:** merge this pull request.')
  })

  test.each([
    ['many hosts', 30, 150],
    ['long lines of syn2mas', 1, 5000],
  ])('says that the migration would fail, also with %s', (_, count, length) => {
    const hosts = Array.from({ length: count }, (_, index) => ({ ...migrating, host: `host-${index}` }))
    const toolOutput = Array.from({ length: 20 }, () => 'x'.repeat(length))
    const rehearsals = hosts.map(({ host }): RehearsalReport => {
      return { ...rehearsal, host, verdict: 'would-fail', message: 'syn2mas failed.', toolOutput }
    })
    const text = comment({ hosts, rehearsals })
    expect(Buffer.byteLength(text)).toBeLessThan(65_536)
    expect(verdictOf(text)).toBe('### ❌ Not ready: The migration would fail')
    expect(text).toContain('syn2mas failed.')
    expect(text).not.toContain('The inventory has no hosts')
  })

  test('says of a rehearsal that did not pass when it was, and nothing that would not happen', () => {
    const message = rehearsalMessages['would-fail']
    const text = comment({ rehearsals: [{ ...rehearsal, verdict: 'would-fail', message }] })
    expect(text).toMatch(/❌ Rehearsed at [^:]*\d\d:\d\d UTC: The migration would fail/)
    const summary = renderMarkdown(rehearsalDocument([{ ...rehearsal, verdict: 'would-fail', message }]))
    for (const each of [text, summary])
      expect(each).not.toMatch(/would fail at|would migrate|Expected downtime/i)
  })

  test('keeps its verdict where no host fits into it', () => {
    const hosts = Array.from({ length: 100 }, (_, index) => ({ ...migrating, host: `host-${index}` }))
    const message = 'x'.repeat(5000)
    const rehearsals = Array.from({ length: 100 }, (_, index): RehearsalReport => {
      return { ...rehearsal, host: `other-${index}`, verdict: 'failed', message }
    })
    const text = comment({ hosts, rehearsals })
    expect(Buffer.byteLength(text)).toBeLessThan(65_536)
    expect(verdictOf(text)).toMatch(/^### ❌ Not ready: /)
    expect(text).toContain('**Next:** fix what stopped the rehearsal')
    expect(text).toContain('100 hosts, not shown here.')
  })

  test('has no table, which would not fit on a phone', () => {
    fc.assert(
      fc.property(verdict, input => {
        const html = toHtml(renderComment({ verdict: input, rehearsals: [rehearsal] }))
        expect(html).not.toContain('<table')
      }),
      { numRuns: 50 },
    )
  })

  test('says what changed since the last check, also where lines moved', () => {
    const findings = [
      one({ message: 'stays', place: { file: 'a', line: 1, column: 1 } }),
      one({ id: 'mas/b' }),
    ]
    const first = comment({ findings })
    expect(first).not.toContain('Since the last check')
    const moved = one({ message: 'stays', place: { file: 'a', line: 9, column: 1 } })
    const second = comment({ findings: [moved, one({ id: 'mas/c', message: 'appeared' })], previous: first })
    expect(second).toContain('Since the last check: 1 new finding, 1 finding fixed \\(`mas/b`\\).')
    expect(second).toMatch(/appeared \*\*New\.\*\*/)
    expect(second.match(/New\./g)).toHaveLength(1)
    expect(comment({ findings, previous: first })).toContain('no change in the findings')
  })

  test('links the format of the file of accepted findings where a finding can be accepted', () => {
    const findings = [one({ remedy: 'Accept this finding in `accepted-findings.yml`.' })]
    const pages = { root: 'https://github.com/o/r/blob/v1/' }
    expect(comment({ findings, pages })).toContain(
      '(https://github.com/o/r/blob/v1/validate-config/README.md#accepting-a-finding)',
    )
    expect(comment({ findings: [one({})], pages })).not.toContain('#accepting-a-finding')
  })

  test('links a place, and says where its fix is', () => {
    const place = { file: 'a.yml', line: 2, column: 4, endLine: 2, endColumn: 8 }
    const finding = one({ place, suggestion: { place, text: 'true' } })
    const addressOf = () => 'https://github.com/o/r/pull/7/files#diff-0R2'
    const text = comment({ findings: [finding], addressOf })
    expect(text).toContain('[`a.yml:2:4`](https://github.com/o/r/pull/7/files#diff-0R2)')
    expect(text).toContain('In line 2, replace columns 4 to 7 with `true`.')
    expect(text).toContain('to apply the fixes, run `npx matrix-auth-actions validate --fix`.')
    const suggested = comment({ findings: [finding], suggested: new Set([finding]) })
    expect(suggested).toContain('a suggestion in the diff')
    expect(suggested).not.toContain('replace columns')
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

  const summaryOf = (...parts: Parameters<typeof migrationDocument>) =>
    renderMarkdown(migrationDocument(...parts))

  test('says in sentences what happened, how long users waited and what was lost', () => {
    const text = summaryOf(report, { toRestore: { lines: ['a: true'], file: 'inventory/vars.yml' } })
    expect(text.split('\n')[0]).toBe(
      '## ❌ Failed; the server is as before; downtime 5.4 s \\(estimate right before: 3.0 to 6.0 s\\); users lost 3 new sessions, 1 unheardOf',
    )
    expect(text).toContain('Migration of `matrix.example.com`, started at 2026')
    expect(text).toContain('syn2mas took 2.2 s, everything else took 3.2 s.')
    expect(text).toContain('**It did not work.**\n\n- Where: here\n- What to do: Fix it.')
    expect(text).toContain('| Wait until users get answers again | 1\\.5 s | done |')
    expect(text).toContain('| Prove that users can continue |  | ❌ failed |')
    expect(text).toContain(
      'These changes that users made in MAS were discarded:\n\n- 3 new sessions\n- 1 unheardOf\n\n',
    )
    expect(text).toContain('- ❌ Failed: Synapse delegates<br>\n  HTTP 200 ')
    expect(text).toContain('| Synapse delegates | failed | HTTP 200 ')
    expect(text).toMatch(
      /reverts the migrate pull request.*git log .*only these lines in `inventory\/vars.yml` and/s,
    )
    expect(text).toContain('\n\n```text\na: true\n```')
    expect(commandLines(text)).toEqual([])
  })

  test.each([
    [{ operation: 'rollback', outcome: 'rolled-back' }, '✅ Rolled back; downtime 5.4 s'],
    [{ operation: 'repair', outcome: 'rolled-back' }, '✅ MAS&#39;s database is empty again'],
    [
      { operation: 'resume', resumed: 'migrate', outcome: 'restored' },
      '❌ It had failed; the server is as before',
    ],
  ] as const)('of %j is headed: %s', (parts, heading) => {
    expect(summaryOf({ ...report, ...parts })).toContain(`## ${heading}`)
  })

  const counts = countsBy(category => (category === 'users' ? 200 : category === 'sessions' ? 313 : null))
  const migrated = { ...report, outcome: 'migrated', lost: undefined, failure: undefined } as const

  test('counts what users kept, and says that they lost nothing only where the counts say so', () => {
    const text = summaryOf({ ...migrated, counts: { synapse: counts, mas: counts } })
    expect(text).toContain(
      '✅ Migrated; downtime 5.4 s \\(estimate right before: 3.0 to 6.0 s\\); users lost nothing',
    )
    expect(text).toContain('200 of 200 accounts, 313 of 313 sessions.<br>')
    const tested = [{ name: 'accounts', seconds: 1, result: 'done' as const }]
    expect(summaryOf({ ...migrated, steps: tested, counts: { synapse: counts, mas: counts } })).toContain(
      '313 of 313 sessions. Two accounts, one of them an administrator, are those that the run made to test logins.',
    )
    expect(
      summaryOf({ ...migrated, counts: { synapse: counts, mas: { ...counts, users: 199 } } }),
    ).not.toContain('users lost nothing')
    expect(summaryOf(migrated)).not.toContain('users lost nothing')
  })

  test('tells what to tell users and how to roll back, and neither where nothing happened', () => {
    const text = summaryOf(migrated)
    expect(text).toContain(
      '```text\nOn 2026-11-28, the Matrix server matrix.example.com was unavailable for about 5 seconds.',
    )
    expect(text).toMatch(/How to roll back[\s\S]*operation: rollback[\s\S]*Until when:[\s\S]*Price:/)
    const stopped = summaryOf({ ...migrated, outcome: 'abandoned' })
    expect(stopped).not.toMatch(/How to roll back|What to tell users/)
  })

  test('says why there was nothing to do', () => {
    expect(renderMarkdown(nothingDone('rollback', 'MAS has no accounts.'))).toBe(
      '## ✅ Nothing to roll back\n\nMAS has no accounts.',
    )
  })

  test('says of a migration alone that users noticed nothing else', () => {
    const steps = [{ name: 'stop', seconds: 2, result: 'done' as const }]
    expect(summaryOf({ ...migrated, steps })).toContain('Otherwise, they noticed nothing.')
    const rolledBack = { ...report, outcome: 'rolled-back', operation: 'rollback', steps } as const
    expect(summaryOf({ ...rolledBack, lost: { sessions: 3 } })).not.toMatch(/noticed nothing|register again/)
    expect(summaryOf({ ...rolledBack, lost: { accounts: 1 } })).toContain('please register again')
  })

  test('is not headed as a whole success where users may not get in from outside', () => {
    const steps = [{ name: 'stop', seconds: 2, result: 'done' as const }]
    const checks = [
      { name: 'the public addresses answer from outside', result: 'fails', detail: '' },
    ] as const
    const text = summaryOf({ ...migrated, steps, checks })
    expect(text).toContain('## ⚠️ Migrated, but a check failed; downtime')
    expect(text).not.toContain('noticed nothing')
  })

  test('names losses once where the error names them', () => {
    const failure = 'The rollback would discard these changes that users made in MAS: 3 new sessions.'
    const text = summaryOf({
      ...report,
      outcome: 'abandoned',
      operation: 'rollback',
      failure,
      lost: { sessions: 3 },
    })
    expect(text.match(/3 new sessions/g)).toHaveLength(1)
  })

  test('has steps without characters that the chart drops', () => {
    for (const text of Object.values(stepTexts)) expect(text).toMatch(/^[A-Za-z0-9' -]+$/)
  })

  test('shows the time without a homeserver in red, and only that', () => {
    const names = ['backup', 'prepare', 'check', 'stop', 'syn2mas', 'files', 'start', 'answer', 'prove']
    const steps = names.map(name => ({ name, seconds: 2, result: 'done' as const }))
    const [, chart = ''] = /```mermaid\n([\s\S]*?)\n```/.exec(summaryOf({ ...migrated, steps })) ?? []
    const red = chart.split('\n').filter(line => line.includes('crit'))
    expect(red.map(line => line.split(', ')[1])).toEqual(['6000', '8000', '10000', '12000', '14000'])
    expect(chart).toContain('Prove that users can continue 2.0 s :16000, 2000ms')
    expect(summaryOf({ ...migrated, steps: [{ name: 'backup', seconds: 1, result: 'done' }] })).not.toContain(
      'gantt',
    )
  })

  const chartOf = (...steps: readonly (readonly [name: string, seconds?: number])[]) =>
    summaryOf({
      ...report,
      steps: steps.map(([name, seconds]) => ({
        name,
        ...(seconds !== undefined && { seconds }),
        result: 'done' as const,
      })),
    })
  const redOf = (text: string) => text.split('\n').filter(line => line.includes(':crit'))

  test('shows the restore as downtime, a second one where users had a homeserver meanwhile', () => {
    const once = chartOf(['check', 1], ['stop', 1], ['syn2mas', 3], ['restore', 27.2])
    expect(redOf(once)).toHaveLength(3)
    expect(once).toContain('Restore the previous state 27.2 s :crit, 5000, 27200ms')
    expect(once).not.toContain('Second downtime')
    const twice = chartOf(['stop', 1], ['answer', 3], ['prove', 2], ['restore', 25.2])
    expect(redOf(twice)).toHaveLength(3)
    expect(twice).toMatch(
      /section Downtime\n.*\n.*\nsection Proofs\n.* :4000, 2000ms\nsection Second downtime\nRestore .* :crit, 6000, 25200ms/,
    )
  })

  test('has no chart where the duration of a part of the downtime is unknown', () => {
    expect(chartOf(['stop', 1], ['syn2mas'], ['restore'])).not.toContain('gantt')
  })

  test('says each proof and check in words for a user of Matrix', () => {
    const program = readFileSync('src/server/window/window.py', 'utf8')
    const names = [...program.matchAll(/\b(?:proof\(|name =)\s*"([a-z][^"]*[a-z])"/gi)].map(
      ([, name = '']) => name,
    )
    expect(names.length).toBeGreaterThan(13)
    const checks = readFileSync('src/migration/run/finish.ts', 'utf8').matchAll(/\bname: '([^']*)'/g)
    for (const name of [...names, ...[...checks].map(([, each = '']) => each)])
      expect(meaningOf(name)).toMatch(/^[A-Z].*\.$/)
  })

  test('says that a refused or failed rollback would discard changes, and has discarded none', () => {
    for (const outcome of ['abandoned', 'restored'] as const) {
      const text = summaryOf({ ...report, operation: 'rollback', outcome })
      expect(text).toContain('A rollback discards these changes that users made in MAS:\n\n- 3 new sessions')
      expect(text).not.toContain('were discarded')
    }
  })

  test('has the change of the vars as a command to paste, where it is known', () => {
    const patch = '--- a/x\n+++ b/x\n@@ -0,0 +1,1 @@\n+a: true'
    const text = summaryOf(report, { toRestore: { lines: ['a: true'], patch } })
    expect(text).toContain('only these lines in the vars of `matrix.example.com` and')
    expect(text).toContain('To set the lines, paste this')
    expect(text).toContain(`git apply --unidiff-zero <<'END'\n${patch}\nEND\n`)
  })

  test('a failed check after the migration is no failed proof', () => {
    const checks = [{ name: 'the server matches the vars', result: 'fails', detail: 'a file' }] as const
    const text = summaryOf({ ...report, proofs: [], checks })
    expect(text).toContain('### What was checked afterwards')
    expect(text).toContain(
      '⚠️ Failed; nothing is restored: The server is what the repository says.<br>\n  a file',
    )
    expect(text).not.toContain('What was proven')
  })

  test('says in one sentence that nothing was lost', () => {
    const text = summaryOf({ ...report, lost: { sessions: 0, accounts: 0 } })
    expect(text).toContain('Users changed nothing in MAS, so nothing was lost.')
    expect(text).not.toContain('- 0')
  })
})

test('the report of the doctor shows each check, and one that could not run is no pass', () => {
  const checks = [
    { id: 'doctor/jwks', result: 'skipped', detail: 'MAS is not live', seconds: 0 },
    { id: 'doctor/certificate', result: 'unknown', detail: 'the address did not answer', seconds: 5 },
    { id: 'doctor/discovery', result: 'skipped', detail: 'MAS is not live', seconds: 0 },
  ] as const
  const health = {
    host: 'matrix.example.com',
    stage: 'live',
    healthy: true,
    findings: [],
    good: 5,
    checks,
  } as const
  const text = renderMarkdown(healthDocument([health]))
  expect(text).toMatch(/\| ❓ could not run: the TLS certificates.* \| the address did not answer \|/)
  expect(text).not.toMatch(/✅ the TLS/)
  expect(text.match(/MAS is not live/g), 'a reason is said once').toHaveLength(1)
  expect(text.indexOf('not applicable')).toBeGreaterThan(text.indexOf('could not run'))
})
