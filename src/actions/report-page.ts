import { reportPage } from '../report/page.ts'
import { pagesOf } from '../report/pages.ts'
import type { Report } from '../report/report.ts'
import { writeReport } from '../support/report-file.ts'
import type { Runtime } from './run-action.ts'

/**
 * Writes a report for people, beside the one for programs: `migrate.html` beside `migrate.json`.
 * @throws ToolkitError of reason `input-invalid` where the file cannot be written.
 */
export function writePage(runtime: Runtime, jsonPath: string | undefined, report: Report): void {
  if (jsonPath === undefined) return
  writeReport(
    runtime,
    `${jsonPath.replace(/\.json$/, '')}.html`,
    reportPage(report, pagesOf(runtime.environment)),
  )
}
