import type { Finding } from '../domain/finding.ts'
import type { ActualStage } from '../domain/stage.ts'
import { markdownCode } from '../support/escape.ts'
import { findingsTable, headline, reasons, table } from './markdown.ts'

export interface Health {
  readonly host: string
  /** Absent where nobody could look. */
  readonly stage?: ActualStage
  readonly healthy: boolean
  readonly findings: readonly Finding[]
}

/** The doctor's report as Markdown: the job's summary, and the body of an issue. */
export function renderHealth(hosts: readonly Health[]): string {
  const findings = hosts.flatMap(host => host.findings)
  const rows = hosts.map(({ host, stage, healthy }) => [
    markdownCode(host),
    stage ?? 'not seen',
    healthy ? '✅ healthy' : '❌ not healthy',
  ])
  return [
    '## Doctor',
    headline(findings),
    table(['Host', 'Stage', ''], rows),
    findingsTable(findings, 200),
    reasons(findings),
  ]
    .filter(part => part !== '')
    .join('\n\n')
}

/** The body of the issue that is open while the doctor itself gets nowhere. */
export function renderNoDoctor(runAddress: string | undefined): string {
  const where = runAddress === undefined ? 'The log of its job' : `[The log](${runAddress})`
  return `The doctor ended before it had looked at any server, so nobody knows whether users are served. ${where} says why.`
}
