import type { Verdict } from '../domain/verdict.ts'
import { fitToLimit } from './fitting.ts'
import {
  acceptedTable,
  findingsTable,
  headline,
  hostsTable,
  proposals,
  reasons,
  sections,
} from './markdown.ts'
import type { Pages } from './pages.ts'

/** GitHub drops a step's summary of more than 1 MiB. */
const mostBytes = 1_000_000

/** The job summary of a check, as Markdown. */
export function renderSummary(verdict: Verdict, pages?: Pages): string {
  return fitToLimit(fromFullToShort(verdict, pages), mostBytes)
}

function* fromFullToShort(verdict: Verdict, pages: Pages | undefined): Iterable<string> {
  for (const rows of [1000, 200, 50]) yield render(verdict, rows, pages)
}

function render({ hosts, findings }: Verdict, rows: number, pages: Pages | undefined): string {
  return sections(
    '## Inventory check',
    headline(findings),
    findingsTable(findings, rows, pages),
    proposals(findings, 20),
    reasons(findings),
    acceptedTable(findings, rows, pages),
    hostsTable(hosts, rows),
  )
}
