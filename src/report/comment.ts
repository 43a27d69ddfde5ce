import type { Finding } from '../domain/finding.ts'
import type { Verdict } from '../domain/verdict.ts'
import { markdownCode, markdownSentence } from '../support/escape.ts'
import { findingsTable, headline, hostsTable, reasons, table } from './markdown.ts'

/** What the comment begins with, by which it is found again. Escaped text never holds it. */
export const commentMarker = '<!-- matrix-auth-actions -->'

/** What a rehearsal on a host's server foretells of the migration; the receipt in short. */
export interface Forecast {
  readonly host: string
  readonly verdict: 'clean' | 'findings' | 'failed'
  /** One sentence. */
  readonly message: string
  /** How many rows of each category would be migrated, such as `users`. */
  readonly counts?: Readonly<Record<string, number>>
  /** How long users are expected to wait, in seconds. */
  readonly windowSeconds?: number
  /** ISO 8601. */
  readonly rehearsedAt?: string
  readonly findings: readonly Finding[]
}

export interface CommentParts {
  readonly verdict: Verdict
  /** One for each host that was rehearsed; empty where none was. */
  readonly forecasts?: readonly Forecast[]
  /** The commit that was looked at. */
  readonly commit?: string
}

/** GitHub refuses a comment of more than 65,536 characters. */
const longest = 65_000
const verdicts = { clean: '✅ clean', findings: '⚠️ with findings', failed: '❌ failed' } as const

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

function forecastTable(forecasts: readonly Forecast[]): string {
  if (forecasts.length === 0) return ''
  const rows = forecasts.map(({ host, verdict, message, counts = {}, windowSeconds, rehearsedAt }) => [
    markdownCode(host),
    verdicts[verdict],
    Object.entries(counts)
      .map(([category, count]) => `${count} ${markdownSentence(category)}`)
      .join(', '),
    windowSeconds === undefined ? '' : `${windowSeconds.toFixed(1)} s`,
    `${markdownSentence(message)}${rehearsedAt === undefined ? '' : ` (${markdownSentence(rehearsedAt)})`}`,
  ])
  return table(['Rehearsed on', 'Verdict', 'Would migrate', 'Users wait', ''], rows)
}
