import { countText } from '../domain/account-counts.ts'
import type { Finding } from '../domain/finding.ts'
import type { RehearsalReport } from '../domain/reports.ts'
import { markdownCode, markdownSentence } from '../support/escape.ts'
import { findingsTable, headline, reasons, sections, table } from './markdown.ts'

const verdicts = {
  clean: '✅ clean',
  findings: '⚠️ with findings',
  'would-fail': '❌ migration would fail',
  failed: '❌ could not rehearse',
  live: '✅ nothing to rehearse',
} as const

/** One line about findings and rehearsals. A rehearsal that did not pass comes first, even without findings. */
export function rehearsedHeadline(findings: readonly Finding[], hosts: readonly RehearsalReport[]): string {
  const has = (verdict: RehearsalReport['verdict']) => hosts.some(host => host.verdict === verdict)
  const parts = [
    ...(has('would-fail') ? ['❌ The migration would fail'] : []),
    ...(has('failed') ? ['❌ The rehearsal could not run'] : []),
  ]
  if (parts.length === 0) return headline(findings)
  return [...parts, ...(findings.length === 0 ? [] : [headline(findings)])].join('; ')
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
    `${verdicts[verdict]}<br>${markdownSentence(message)}`,
    Object.entries(counts)
      .map(([category, count]) => markdownSentence(countText(category, count)))
      .join(', '),
    expectedWindowSeconds === undefined
      ? ''
      : `${(expectedWindowSeconds / 2).toFixed(1)} to ${expectedWindowSeconds.toFixed(1)} s`,
    rehearsedAt === undefined ? '' : markdownSentence(rehearsedAt),
  ])
  return table(['Host', 'Result', 'Would migrate', 'Expected downtime', 'Rehearsed at'], rows)
}
