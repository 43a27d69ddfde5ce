import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memoryFiles } from '../../scripts/memory-files.ts'
import { withProposals } from '../../src/actions/validate-config/proposals.ts'
import { annotations } from '../../src/report/annotations.ts'
import { renderComment } from '../../src/report/comment.ts'
import { renderJson } from '../../src/report/json.ts'
import { renderSarif } from '../../src/report/sarif.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { renderText } from '../../src/report/text.ts'
import { printedAnnotation } from '../lab/runner/printed.ts'
import { type Case, casesIn, verdictOn } from './cases.ts'

const all = [...casesIn('bad'), ...casesIn('good')]

/** A line with a value, except names that findings show: ids of providers and their mappings. */
const valueLine = /^( *(?:- )?(?!(?:synapse_)?idp_id\b)[\w-]+: )(?![|>&*!])(["']?)[^\s"'].*$/

interface Spot {
  readonly one: Case
  readonly file: string
  readonly line: number
}

const spots: readonly Spot[] = all.flatMap(one =>
  Object.entries(one.files)
    .filter(([file]) => /^inventory\/(?:host|group)_vars\//.test(file))
    .flatMap(([file, text]) =>
      text.split('\n').flatMap((line, index) => (valueLine.test(line) ? [{ one, file, line: index }] : [])),
    ),
)

/** The case with one changed value. */
function withSecret({ one, file, line }: Spot, secret: string): Case {
  const lines = (one.files[file] ?? '').split('\n')
  lines[line] = (lines[line] ?? '').replace(valueLine, `$1$2${secret}$2`)
  return { ...one, files: { ...one.files, [file]: lines.join('\n') } }
}

/** The case with an additional comment above one line. */
function withComment({ one, file, line }: Spot, comment: string): Case {
  const lines = (one.files[file] ?? '').split('\n')
  const indentation = /^ */.exec(lines[line] ?? '')?.[0] ?? ''
  lines.splice(line, 0, `${indentation}# ${comment}`)
  return { ...one, files: { ...one.files, [file]: lines.join('\n') } }
}

/** Comments with a secret. */
const remarks = [
  'client_secret: "S"',
  'old secret S',
  'S',
  'password=S # until 2024',
  'was: S, see the wiki',
] as const

/** Alternating letters and digits, so that no word of a report is a part of them. */
const secrets = fc.oneof(
  fc.stringMatching(/^(?:[a-zA-Z][0-9]){8,20}$/),
  fc.stringMatching(/^[0-9]{20,30}$/),
  fc.stringMatching(/^(?:[a-z][0-9]){5}[:=@%+/](?:[0-9][A-Z]){5}$/),
)

/** Proposed providers may repeat a client id or an issuer, but never a secret. */
async function reportsOn(changed: Case, proposes: boolean): Promise<readonly string[]> {
  const sources = { inventory: 'inventory/hosts', files: memoryFiles(changed.files) }
  const { verdict, text } = proposes
    ? await withProposals(verdictOn(changed), sources, true)
    : { verdict: verdictOn(changed), text: '' }
  return [
    text,
    renderText(verdict),
    renderSummary(verdict),
    renderComment({ verdict }),
    renderJson(verdict),
    renderSarif(verdict, 'inventory/hosts'),
    ...annotations(verdict.findings).shown.map(printedAnnotation),
  ]
}

function expectNoPart(secret: string, reports: readonly string[]): void {
  for (let start = 0; start + 8 <= secret.length; start += 1) {
    const part = secret.slice(start, start + 8)
    expect(reports.find(report => report.includes(part))).toBeUndefined()
  }
}

test('no report contains any part of a value in the vars', async () => {
  expect(spots.length).toBeGreaterThan(500)
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...spots), secrets, async (spot, secret) => {
      const proposes = /secret/.test(spot.one.files[spot.file]?.split('\n')[spot.line] ?? '')
      expectNoPart(secret, await reportsOn(withSecret(spot, secret), proposes))
    }),
    { numRuns: 700 },
  )
})

test('no report and no proposed change contains any part of a secret in a comment', async () => {
  const inProposals = spots.filter(({ one, file }) =>
    /^matrix_synapse_oidc_providers:/m.test(one.files[file] ?? ''),
  )
  expect(inProposals.length).toBeGreaterThan(50)
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.constantFrom(...inProposals), fc.constantFrom(...spots)),
      fc.constantFrom(...remarks),
      secrets,
      async (spot, remark, secret) => {
        expectNoPart(
          secret,
          await reportsOn(
            withComment(
              spot,
              remark.replace('S', () => secret),
            ),
            true,
          ),
        )
      },
    ),
    { numRuns: 500 },
  )
})
