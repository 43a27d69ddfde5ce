import type { RehearsalReport } from '../domain/reports.ts'
import type { Verdict } from '../domain/verdict.ts'
import { markdownCode } from '../support/escape.ts'
import { fitToLimit } from './fitting.ts'
import { acceptedTable, findingsTable, hostsTable, proposals, reasons } from './markdown.ts'
import type { Pages } from './pages.ts'
import { rehearsalTable, rehearsedHeadline } from './rehearsal.ts'

/** What the comment begins with, by which it is found again. Escaped text never holds it. */
export const commentMarker = '<!-- matrix-auth-actions -->'

const heading = (text: string) => `### Matrix Authentication Service: ${text}`

export interface CommentParts {
  readonly verdict: Verdict
  /** One for each host that was rehearsed; empty where none was. */
  readonly rehearsals?: readonly RehearsalReport[]
  /** The commit that was looked at. */
  readonly commit?: string
  readonly pages?: Pages
}

/** GitHub refuses a comment of more than 65,536 characters. */
const mostBytes = 65_000

/** The one sticky comment on a pull request: verdict, what merging does to each host, findings, rehearsals. */
export function renderComment(parts: CommentParts): string {
  const short = { ...parts, verdict: { ...parts.verdict, hosts: [] }, rehearsals: [] }
  return fitToLimit([...[200, 50, 10, 0].map(rows => render(parts, rows)), render(short, 0)], mostBytes)
}

function render({ verdict, rehearsals = [], commit, pages }: CommentParts, rows: number): string {
  const findings = [...verdict.findings, ...rehearsals.flatMap(rehearsal => rehearsal.findings)]
  return [
    commentMarker,
    heading(rehearsedHeadline(findings, rehearsals)),
    hostsTable(verdict.hosts),
    findingsTable(findings, rows, pages),
    rows >= 10 ? proposals(findings, rows / 10) : '',
    acceptedTable(findings, rows, pages),
    rehearsalTable(rehearsals),
    rehearsals.length === 0 ? unrehearsed(verdict) : '',
    rows >= 50 ? reasons(findings) : '',
    lookedAt(commit),
  ]
    .filter(part => part !== '')
    .join('\n\n')
}

/** What the migration would do to the server is still to be seen, and a reviewer should know that. */
function unrehearsed({ hosts }: Verdict): string {
  const migrates = hosts.some(({ outlook }) => outlook.expected === 'migrate')
  return migrates ? '**Not rehearsed.** No rehearsal of this commit has said how the migration would go.' : ''
}

/** The comment where there is no verdict: an older one would speak of another commit. */
export function renderNoVerdict(commit: string | undefined, runAddress: string | undefined): string {
  const where = runAddress === undefined ? 'the log of the job that checks it' : `[the log](${runAddress})`
  return [
    commentMarker,
    heading('❌ Not checked'),
    `The check of this commit ended before it had a verdict; ${where} says why.`,
    lookedAt(commit),
  ]
    .filter(part => part !== '')
    .join('\n\n')
}

function lookedAt(commit: string | undefined): string {
  return commit === undefined ? '' : `<sub>Looked at ${markdownCode(commit)}.</sub>`
}
