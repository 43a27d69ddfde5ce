import type { Verdict } from '../domain/verdict.ts'
import { findingsTable, headline, hostsTable, reasons } from './markdown.ts'

/** GitHub cuts a step's summary at 1 MiB. */
const most = 1000

/** The job's summary of a check, as Markdown. */
export function renderSummary({ hosts, findings }: Verdict): string {
  return [
    '## Check of the inventory',
    headline(findings),
    hostsTable(hosts),
    findingsTable(findings, most),
    reasons(findings),
  ]
    .filter(part => part !== '')
    .join('\n\n')
}
