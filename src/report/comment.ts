import type { Verdict } from '../domain/verdict.ts'
import { markdownCode } from '../support/escape.ts'
import { type Forecast, forecastTable } from './forecast.ts'
import { findingsTable, headline, hostsTable, reasons } from './markdown.ts'

/** What the comment begins with, by which it is found again. Escaped text never holds it. */
export const commentMarker = '<!-- matrix-auth-actions -->'

export interface CommentParts {
  readonly verdict: Verdict
  /** One for each host that was rehearsed; empty where none was. */
  readonly forecasts?: readonly Forecast[]
  /** The commit that was looked at. */
  readonly commit?: string
}

/** GitHub refuses a comment of more than 65,536 characters. */
const longest = 65_000

/** The one sticky comment on a pull request: verdict, what merging does to each host, findings, forecast. */
export function renderComment(parts: CommentParts): string {
  for (const rows of [200, 50, 10, 0]) {
    const text = render(parts, rows)
    if (text.length <= longest) return text
  }
  const short = { ...parts, verdict: { ...parts.verdict, hosts: [] }, forecasts: [] }
  return `${render(short, 0).slice(0, longest)}\n\nThe whole report is in the summary of the check.`
}

function render({ verdict, forecasts = [], commit }: CommentParts, rows: number): string {
  const findings = [...verdict.findings, ...forecasts.flatMap(forecast => forecast.findings)]
  return [
    commentMarker,
    `### Matrix Authentication Service: ${headline(findings)}`,
    hostsTable(verdict.hosts),
    findingsTable(findings, rows),
    forecastTable(forecasts),
    rows >= 50 ? reasons(findings) : '',
    commit === undefined ? '' : `<sub>Looked at ${markdownCode(commit)}.</sub>`,
  ]
    .filter(part => part !== '')
    .join('\n\n')
}
