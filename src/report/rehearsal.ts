import { countText } from '../domain/account-counts.ts'
import { type Finding, openFindings } from '../domain/finding.ts'
import { defaultReceiptMaxAgeHours } from '../domain/receipt-age.ts'
import type { RehearsalReport } from '../domain/reports.ts'
import { block, code, type Document, folded, heading, lines, list, paragraph } from './document.ts'
import { findingsPart, headline } from './findings.ts'
import type { Pages } from './pages.ts'
import { estimateText, timeText } from './times.ts'

const verdicts = {
  clean: 'clean',
  findings: 'passed, with findings',
  'would-fail': 'migration would fail',
  failed: 'could not rehearse',
  live: 'nothing to rehearse',
} as const

/** What a rehearsal that ran says to people. */
export const rehearsalMessages = {
  clean: 'The rehearsal found nothing that would stop the migration.',
  findings: 'Nothing would stop the migration. Read the findings first.',
  'would-fail':
    'The migration would fail, so `migrate` refuses to start it. Fix the findings, then rehearse again.',
} as const satisfies Partial<Record<RehearsalReport['verdict'], string>>

/** A rehearsal that passed needs attention only if it has more than notices. */
export function rehearsalSign({ verdict, findings }: RehearsalReport): string {
  if (verdict === 'would-fail' || verdict === 'failed') return '❌'
  return openFindings(findings).some(({ severity }) => severity !== 'notice') ? '⚠️' : '✅'
}

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

/** The rehearsal of some hosts: the job's summary, and the report for people. */
export function rehearsalDocument(hosts: readonly RehearsalReport[], pages?: Pages): Document {
  const findings = hosts.flatMap(host => host.findings)
  return [
    heading(2, 'Rehearsal'),
    paragraph(hosts.length === 0 ? '❓ No server was rehearsed.' : rehearsedHeadline(findings, hosts)),
    ...list(hosts.map(host => [rehearsalLines(host)])),
    ...findingsPart(findings, { most: 1000, pages }),
    ...hosts.flatMap(({ host, toolOutput = [] }) =>
      folded(
        `What syn2mas printed last in the rehearsal on ${host}`,
        toolOutput.length === 0 ? [] : [block(toolOutput.join('\n'))],
      ),
    ),
  ]
}

function rehearsalLines(report: RehearsalReport) {
  const { host, verdict, message, counts = {}, expectedWindowSeconds, rehearsedAt } = report
  const amounts = verdict === 'would-fail' ? '' : countsText(counts)
  const downtime = verdict === 'would-fail' ? undefined : expectedWindowSeconds
  const until = validUntil([report])
  const validity = until === undefined ? '' : `, valid until ${until} by default`
  return lines(
    [code(host), `: ${rehearsalSign(report)} ${verdicts[verdict]}. ${message}`],
    [amounts === '' ? '' : `Would migrate: ${amounts}.`],
    [downtime === undefined ? '' : `Expected downtime: ${estimateText(downtime)}.`],
    [rehearsedAt === undefined ? '' : `Rehearsed at ${timeText(rehearsedAt)}${validity}.`],
  )
}

/** Until when a migration accepts all of these rehearsals that passed, by default; undefined if a time is missing or unreadable. */
export function validUntil(rehearsals: readonly RehearsalReport[]): string | undefined {
  const passed = rehearsals.filter(({ verdict }) => verdict === 'clean' || verdict === 'findings')
  const oldest = Math.min(...passed.map(({ rehearsedAt = '' }) => Date.parse(rehearsedAt)))
  const until = new Date(oldest + defaultReceiptMaxAgeHours * 3_600_000)
  return Number.isNaN(until.getTime()) ? undefined : timeText(until.toISOString())
}

/** Such as `200 accounts, 313 sessions`. */
export function countsText(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([category, count]) => countText(category, count))
    .join(', ')
}
