import type { Verdict } from '../domain/verdict.ts'
import { code, type Document, heading, lines, list, paragraph } from './document.ts'
import { acceptedList, findingsPart, headline, notShown, stagesOf } from './findings.ts'
import { fitToLimit } from './fitting.ts'
import { renderMarkdown } from './markdown.ts'
import type { Pages } from './pages.ts'

/** GitHub drops a step's summary of more than 1 MiB. */
export const mostSummaryBytes = 1_000_000

/** The job summary of a check, as Markdown. */
export function renderSummary(verdict: Verdict, pages?: Pages): string {
  return fitToLimit(fromFullToShort(verdict, pages), mostSummaryBytes)
}

function* fromFullToShort(verdict: Verdict, pages: Pages | undefined): Iterable<string> {
  for (const rows of [1000, 200, 50]) yield renderMarkdown(checkDocument(verdict, rows, pages))
}

/** At most so many hosts and findings. */
export function checkDocument({ hosts, findings }: Verdict, most: number, pages?: Pages): Document {
  const shown = hosts.slice(0, most)
  return [
    heading(2, 'Inventory check'),
    paragraph(headline(findings)),
    ...(hosts.length === 0 ? [paragraph('The inventory has no hosts.')] : []),
    ...list(shown.map(({ host, outlook }) => [lines([code(host), `: ${outlook.sentence}`])])),
    ...notShown(hosts.length - shown.length, 'host'),
    ...findingsPart(findings, { most, pages }),
    ...acceptedList(findings, { most, pages }),
    ...stagesOf(hosts, most, pages),
  ]
}
