import type { HealthReport } from '../domain/reports.ts'
import { markdownCode } from '../support/escape.ts'
import { findingsTable, headline, reasons, sections, stageHeading, table } from './markdown.ts'
import type { Pages } from './pages.ts'

/** The doctor's report as Markdown: the job summary, and the body of an issue. */
export function renderHealth(hosts: readonly HealthReport[], pages?: Pages): string {
  const findings = hosts.flatMap(host => host.findings)
  const rows = hosts.map(({ host, stage, healthy }) => [
    markdownCode(host),
    stage ?? 'unknown',
    healthy ? '✅ healthy' : '❌ not healthy',
  ])
  return sections(
    '## Doctor',
    headline(findings),
    table(['Host', stageHeading(pages), 'Result'], rows),
    findingsTable(findings, 200),
    reasons(findings),
  )
}

/** The body of the issue that is open while the doctor itself cannot run. */
export function renderNoDoctor(runAddress: string | undefined): string {
  const log = runAddress === undefined ? 'the log of its job' : `[the log](${runAddress})`
  return `The doctor failed before it checked any server, so it is unknown whether users are served. For the cause, see ${log}.`
}
