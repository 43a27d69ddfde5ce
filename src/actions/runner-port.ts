import { annotations } from '../report/annotations.ts'
import { renderDeployment } from '../report/deployment.ts'
import { renderHealth } from '../report/health.ts'
import { renderMigration } from '../report/migration.ts'
import { type Pages, pagesOf } from '../report/pages.ts'
import { renderRehearsal } from '../report/rehearsal.ts'
import { findingsOf, type Report, statusText } from '../report/report.ts'
import { renderSummary } from '../report/summary.ts'
import { renderText } from '../report/text.ts'
import { markdownBlock } from '../support/escape.ts'
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
    note: appendSummary,
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
  if (report.kind === 'status') printLog(statusText(report))
  const { shown, left } = annotations(findingsOf(report))
  shown.forEach(annotate)
  if (left > 0) printLog(`Findings without an annotation: ${left}. GitHub shows ten of each severity.`)
  const markdown = markdownOf(report, pages)
  if (markdown !== undefined) await appendSummary(markdown)
}

function markdownOf(report: Report, pages: Pages | undefined): string | undefined {
  switch (report.kind) {
    case 'validation':
      return report.isSummarised ? renderSummary(report.verdict, pages) : undefined
    case 'rehearsal':
      return renderRehearsal(report.hosts)
    case 'health':
      return renderHealth(report.hosts, pages)
    case 'deployment':
      return renderDeployment(report.deployments, report.failure, pages)
    case 'migration':
      return renderMigration(report.report, report.toRestore)
    case 'status':
      return `## Status\n\n${markdownBlock(statusText(report))}`
  }
}
