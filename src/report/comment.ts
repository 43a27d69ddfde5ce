import type { Verdict } from '../domain/verdict.ts'
import { markdownCode } from '../support/escape.ts'
import { fitting } from './fitting.ts'
import { type Forecast, forecastTable } from './forecast.ts'
import { acceptedTable, findingsTable, headline, hostsTable, proposals, reasons } from './markdown.ts'
import type { Pages } from './pages.ts'

/** What the comment begins with, by which it is found again. Escaped text never holds it. */
export const commentMarker = '<!-- matrix-auth-actions -->'

export interface CommentParts {
  readonly verdict: Verdict
  /** One for each host that was rehearsed; empty where none was. */
  readonly forecasts?: readonly Forecast[]
  /** The commit that was looked at. */
  readonly commit?: string
  readonly pages?: Pages
}

/** GitHub refuses a comment of more than 65,536 characters. */
const mostBytes = 65_000

/** The one sticky comment on a pull request: verdict, what merging does to each host, findings, forecast. */
export function renderComment(parts: CommentParts): string {
  const short = { ...parts, verdict: { ...parts.verdict, hosts: [] }, forecasts: [] }
  return fitting([...[200, 50, 10, 0].map(rows => render(parts, rows)), render(short, 0)], mostBytes)
}

function render({ verdict, forecasts = [], commit, pages }: CommentParts, rows: number): string {
  const findings = [...verdict.findings, ...forecasts.flatMap(forecast => forecast.findings)]
  return [
    commentMarker,
    `### Matrix Authentication Service: ${headline(findings)}`,
    hostsTable(verdict.hosts),
    findingsTable(findings, rows, pages),
    rows >= 10 ? proposals(findings, rows / 10) : '',
    acceptedTable(findings, rows, pages),
    forecastTable(forecasts),
    rows >= 50 ? reasons(findings) : '',
    commit === undefined ? '' : `<sub>Looked at ${markdownCode(commit)}.</sub>`,
  ]
    .filter(part => part !== '')
    .join('\n\n')
}
