import type { Verdict } from '../domain/verdict.ts'
import { fitting } from './fitting.ts'
import { acceptedTable, findingsTable, headline, hostsTable, proposals, reasons } from './markdown.ts'
import type { Pages } from './pages.ts'

/** GitHub refuses a step's summary of more than 1 MiB, whole. */
const mostBytes = 1_000_000

/** The job's summary of a check, as Markdown. */
export function renderSummary(verdict: Verdict, pages?: Pages): string {
  return fitting(fromFullToShort(verdict, pages), mostBytes)
}

function* fromFullToShort(verdict: Verdict, pages: Pages | undefined): Iterable<string> {
  for (const rows of [1000, 200, 50]) yield render(verdict, rows, pages)
}

function render({ hosts, findings }: Verdict, rows: number, pages: Pages | undefined): string {
  return [
    '## Check of the inventory',
    headline(findings),
    findingsTable(findings, rows, pages),
    proposals(findings, 20),
    reasons(findings),
    acceptedTable(findings, rows, pages),
    hostsTable(hosts, rows),
  ]
    .filter(part => part !== '')
    .join('\n\n')
}
