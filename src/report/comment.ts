import { createHash } from 'node:crypto'
import type { RehearsalReport } from '../domain/reports.ts'
import type { Verdict } from '../domain/verdict.ts'
import { markdownCode } from '../support/escape.ts'
import { fitToLimit } from './fitting.ts'
import { acceptedTable, findingsTable, hostsTable, proposals, reasons, sections } from './markdown.ts'
import type { Pages } from './pages.ts'
import { rehearsalTable, rehearsedHeadline } from './rehearsal.ts'

/** The first line of the comment, by which it is found again. Escaped text never contains it. */
export const commentMarker = '<!-- matrix-auth-actions -->'

const heading = (text: string) => `### Matrix Authentication Service: ${text}`

export interface CommentParts {
  readonly verdict: Verdict
  readonly rehearsals?: readonly RehearsalReport[]
  readonly commit?: string
  readonly pages?: Pages
  /** The address of the log of the run. */
  readonly run?: string
}

/** GitHub refuses a comment of more than 65,536 characters. */
const mostBytes = 65_000

/** The one sticky comment on a pull request: verdict, what merging does to each host, findings, rehearsals. */
export function renderComment(parts: CommentParts): string {
  const short = { ...parts, verdict: { ...parts.verdict, hosts: [] }, rehearsals: [] }
  const text = fitToLimit([...[200, 50, 10, 0].map(rows => render(parts, rows)), render(short, 0)], mostBytes)
  return (parts.rehearsals ?? []).length === 0 ? text : `${text}\n${rehearsedMarker(parts)}\n`
}

/** A hidden line of the comment with a rehearsal, by which it is found again for the same commit and verdict. */
export function rehearsedMarker({ verdict, commit }: CommentParts): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([commit, verdict]))
    .digest('hex')
  return `<!-- rehearsed: ${digest} -->`
}

function render({ verdict, rehearsals = [], commit, pages, run }: CommentParts, rows: number): string {
  const findings = [...verdict.findings, ...rehearsals.flatMap(rehearsal => rehearsal.findings)]
  return sections(
    commentMarker,
    heading(rehearsedHeadline(findings, rehearsals)),
    hostsTable(verdict.hosts),
    findingsTable(findings, rows, pages),
    rows >= 10 ? proposals(findings, rows / 10) : '',
    acceptedTable(findings, rows, pages),
    rehearsalTable(rehearsals),
    rehearsals.length === 0 ? unrehearsed(verdict) : '',
    rows >= 50 ? reasons(findings) : '',
    commitLine(commit, run),
  )
}

/** Warns the reviewer that the effect of the migration on the server is unknown. */
function unrehearsed({ hosts }: Verdict): string {
  const migrates = hosts.some(({ outlook }) => outlook.expected === 'migrate')
  return migrates ? '**Not rehearsed.** The migration has not been rehearsed for this commit.' : ''
}

/** The comment without a verdict. It replaces an older one, which would be about another commit. */
export function renderNoVerdict(commit: string | undefined, runAddress: string | undefined): string {
  const log = runAddress === undefined ? 'the log of the job' : `[the log](${runAddress})`
  return sections(
    commentMarker,
    heading('❌ Not checked'),
    `The check of this commit failed before it had a result. For the cause, see ${log}.`,
    commitLine(commit),
  )
}

function commitLine(commit: string | undefined, run?: string): string {
  if (commit === undefined) return ''
  return `<sub>Commit ${markdownCode(commit)}.${run === undefined ? '' : ` Details: [the log](${run}).`}</sub>`
}
