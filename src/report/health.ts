import type { Finding } from '../domain/finding.ts'
import type { ActualStage } from '../domain/stage.ts'
import { markdownCode } from '../support/escape.ts'
import { findingsTable, headline, reasons, table } from './markdown.ts'

export interface Health {
  readonly host: string
  readonly stage: ActualStage
  readonly healthy: boolean
  readonly findings: readonly Finding[]
}

/** The doctor's report as Markdown: the job's summary, and the body of an issue. */
export function renderHealth(hosts: readonly Health[]): string {
  const findings = hosts.flatMap(host => host.findings)
  const rows = hosts.map(({ host, stage, healthy }) => [
    markdownCode(host),
    stage,
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
