import type { Finding } from '../domain/finding.ts'
import type { RehearsalReport } from '../domain/reports.ts'
import { markdownCode, markdownSentence } from '../support/escape.ts'
import { findingsTable, headline, reasons, sections, table } from './markdown.ts'

const verdicts = { clean: '✅ clean', findings: '⚠️ with findings', failed: '❌ failed' } as const

/** One line about findings and rehearsals. A failed rehearsal comes first, even without findings. */
export function rehearsedHeadline(findings: readonly Finding[], hosts: readonly RehearsalReport[]): string {
  const failures = hosts.filter(({ verdict }) => verdict === 'failed').length
  if (failures === 0) return headline(findings)
  const rehearsal = `❌ ${failures === 1 ? 'The rehearsal' : `${failures} rehearsals`} failed`
  return findings.length === 0 ? rehearsal : `${rehearsal}; ${headline(findings)}`
}

/** The job summary of a rehearsal, as Markdown. */
export function renderRehearsal(hosts: readonly RehearsalReport[]): string {
  const findings = hosts.flatMap(host => host.findings)
  return sections(
    '## Rehearsal',
    rehearsedHeadline(findings, hosts),
    rehearsalTable(hosts),
    findingsTable(findings, 1000),
    reasons(findings),
  )
}

export function rehearsalTable(hosts: readonly RehearsalReport[]): string {
  if (hosts.length === 0) return ''
  const rows = hosts.map(({ host, verdict, message, counts = {}, expectedWindowSeconds, rehearsedAt }) => [
    markdownCode(host),
    verdicts[verdict],
    Object.entries(counts)
      .map(([category, count]) => `${count} ${markdownSentence(inWords(category))}`)
      .join(', '),
    expectedWindowSeconds === undefined
      ? ''
      : `${(expectedWindowSeconds / 2).toFixed(1)} to ${expectedWindowSeconds.toFixed(1)} s`,
    `${markdownSentence(message)}${rehearsedAt === undefined ? '' : ` (${markdownSentence(rehearsedAt)})`}`,
  ])
  return table(['Rehearsed on', 'Verdict', 'Would migrate', 'Expected downtime', ''], rows)
}

/** `refreshTokens` in JSON is `refresh tokens` to a person. */
const inWords = (category: string) => category.replaceAll(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
