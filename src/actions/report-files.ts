import { reportPage } from '../report/page.ts'
import { pagesOf } from '../report/pages.ts'
import { type Report, reportJson } from '../report/report.ts'
import { rewordData } from '../report/words.ts'
import { pageBeside, writeReport } from '../support/report-file.ts'
import type { Runtime } from './run-action.ts'

/**
 * Writes a report for programs. Does nothing where no path is given.
 * @throws ToolkitError of reason `input-invalid` where the file cannot be written.
 */
export function writeJson(runtime: Runtime, jsonPath: string | undefined, report: Report): void {
  if (jsonPath === undefined) return
  writeReport(runtime, jsonPath, reportJson(rewordData(report, runtime.port.reword)))
}

/**
 * Writes a report for people, beside the one for programs. The action then declares `hasPage`.
 * @throws ToolkitError of reason `input-invalid` where the file cannot be written.
 */
export function writePage(runtime: Runtime, jsonPath: string | undefined, report: Report): void {
  if (jsonPath === undefined) return
  writeReport(
    runtime,
    pageBeside(jsonPath),
    reportPage(report, pagesOf(runtime.environment), runtime.port.reword),
  )
}
