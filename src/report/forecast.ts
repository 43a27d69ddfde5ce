import type { Finding } from '../domain/finding.ts'
import { markdownCode, markdownSentence } from '../support/escape.ts'
import { findingsTable, headline, reasons, table } from './markdown.ts'

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
  /** The end of what syn2mas printed, masked. */
  readonly toolOutput?: readonly string[]
}

const verdicts = { clean: '✅ clean', findings: '⚠️ with findings', failed: '❌ failed' } as const

/** One line over findings and rehearsals: one that failed is no good news, whatever was found. */
export function rehearsedHeadline(findings: readonly Finding[], forecasts: readonly Forecast[]): string {
  const failures = forecasts.filter(({ verdict }) => verdict === 'failed').length
  if (failures === 0) return headline(findings)
  const rehearsal = `❌ ${failures === 1 ? 'The rehearsal' : `${failures} rehearsals`} failed`
  return findings.length === 0 ? rehearsal : `${rehearsal}; ${headline(findings)}`
}

/** The job's summary of a rehearsal, as Markdown. */
export function renderRehearsal(forecasts: readonly Forecast[]): string {
  const findings = forecasts.flatMap(forecast => forecast.findings)
  return [
    '## Rehearsal',
    rehearsedHeadline(findings, forecasts),
    forecastTable(forecasts),
    findingsTable(findings, 1000),
    reasons(findings),
  ]
    .filter(part => part !== '')
    .join('\n\n')
}

export function forecastTable(forecasts: readonly Forecast[]): string {
  if (forecasts.length === 0) return ''
  const rows = forecasts.map(({ host, verdict, message, counts = {}, windowSeconds, rehearsedAt }) => [
    markdownCode(host),
    verdicts[verdict],
    Object.entries(counts)
      .map(([category, count]) => `${count} ${markdownSentence(inWords(category))}`)
      .join(', '),
    windowSeconds === undefined ? '' : `${windowSeconds.toFixed(1)} s`,
    `${markdownSentence(message)}${rehearsedAt === undefined ? '' : ` (${markdownSentence(rehearsedAt)})`}`,
  ])
  return table(['Rehearsed on', 'Verdict', 'Would migrate', 'Users wait', ''], rows)
}

/** `refreshTokens` in JSON is `refresh tokens` to a person. */
const inWords = (category: string) => category.replaceAll(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
