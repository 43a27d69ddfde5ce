import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withProposals } from '../../src/actions/validation/proposals.ts'
import type { Verdict } from '../../src/domain/verdict.ts'
import { annotations } from '../../src/report/annotations.ts'
import { renderComment } from '../../src/report/comment.ts'
import { renderJson } from '../../src/report/json.ts'
import { renderSarif } from '../../src/report/sarif.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { renderText } from '../../src/report/text.ts'
import { memoryFiles } from '../../src/support/files.ts'
import { type Case, casesIn, verdictOn } from './cases.ts'

const all = [...casesIn('bad'), ...casesIn('good')]

/** A value on a line of vars that is not one of the names that findings give: ids of providers, and their mappings. */
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

/** The case with another value in one place. */
function withSecret({ one, file, line }: Spot, secret: string): Case {
  const lines = (one.files[file] ?? '').split('\n')
  lines[line] = (lines[line] ?? '').replace(valueLine, `$1$2${secret}$2`)
  return { ...one, files: { ...one.files, [file]: lines.join('\n') } }
}

/** Letters and digits by turns: no word of ours is a part of them. */
const secrets = fc.oneof(
  fc.stringMatching(/^(?:[a-zA-Z][0-9]){8,20}$/),
  fc.stringMatching(/^[0-9]{20,30}$/),
  fc.stringMatching(/^(?:[a-z][0-9]){5}[:=@%+/](?:[0-9][A-Z]){5}$/),
)

/** What proposes providers repeats a client id or an issuer, and a secret never. */
async function toldOf({ file, line, one }: Spot, changed: Case): Promise<Verdict> {
  const verdict = verdictOn(changed)
  if (!/secret/.test(one.files[file]?.split('\n')[line] ?? '')) return verdict
  const sources = { inventory: 'inventory/hosts', files: memoryFiles(changed.files) }
  return (await withProposals(verdict, sources, true)).verdict
}

test('whatever value is put anywhere into vars, no report holds a part of it', async () => {
  expect(spots.length).toBeGreaterThan(500)
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...spots), secrets, async (spot, secret) => {
      const changed = withSecret(spot, secret)
      const verdict = await toldOf(spot, changed)
      const reports = [
        renderText(verdict),
        renderSummary(verdict),
        renderComment({ verdict }),
        renderJson(verdict),
        renderSarif(verdict, 'inventory/hosts'),
        ...annotations(verdict.findings).lines,
      ]
      for (let start = 0; start + 8 <= secret.length; start += 1) {
        const part = secret.slice(start, start + 8)
        const told = reports.find(report => report.includes(part))
        expect(told).toBeUndefined()
      }
    }),
    { numRuns: 700 },
  )
}, 30_000)
