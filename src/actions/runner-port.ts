import { annotations } from '../report/annotations.ts'
import { fitToLimit } from '../report/fitting.ts'
import { renderMarkdown } from '../report/markdown.ts'
import { documentOf } from '../report/page.ts'
import { type Pages, pagesOf } from '../report/pages.ts'
import { findingsOf, type Report, statusTerms, statusText } from '../report/report.ts'
import { mostSummaryBytes, renderSummary } from '../report/summary.ts'
import { renderText } from '../report/text.ts'
import type { Port } from './port.ts'
import {
  addToPath,
  annotate,
  appendSummary,
  exportVariable,
  inGroup,
  keepForCleanup,
  maskSecret,
  printLog,
  setOutput,
} from './runner.ts'

/** GitHub's runner: a result becomes annotations and a part of the job's summary. */
export function runnerPort(environment: Readonly<Record<string, string | undefined>>): Port {
  return {
    log: printLog,
    show: report => show(report, pagesOf(environment)),
    note: document => appendSummary(renderMarkdown(document)),
    setOutput,
    inGroup,
    maskSecret,
    addToPath,
    exportVariable,
    keepForCleanup,
  }
}

async function show(report: Report, pages: Pages | undefined): Promise<void> {
  if (report.kind === 'validation') printLog(renderText(report.verdict))
  if (report.kind === 'status') printLog(`next      ${report.next}\n${statusText(report)}\n${statusTerms}`)
  const { shown, left } = annotations(findingsOf(report))
  shown.forEach(annotate)
  if (left > 0) printLog(`Findings without an annotation: ${left}. GitHub shows ten of each severity.`)
  if (report.kind !== 'validation')
    await appendSummary(fitToLimit([renderMarkdown(documentOf(report, pages))], mostSummaryBytes))
  else if (report.isSummarised) await appendSummary(renderSummary(report.verdict, pages))
}
