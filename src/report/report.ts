import type { Finding } from '../domain/finding.ts'
import type {
  Deployment,
  HealthReports,
  MigrationReport,
  RehearsalReport,
  VarsToRestore,
} from '../domain/reports.ts'
import { type ActualStage, type DesiredStage, stageMeanings } from '../domain/stage.ts'
import type { Verdict } from '../domain/verdict.ts'
import { jsonText } from '../support/escape.ts'
import { renderJson } from './json.ts'
import { estimateText, timeText } from './times.ts'

/** The result of an action, as data. */
export type Report =
  | {
      readonly kind: 'validation'
      readonly verdict: Verdict /** Whether the job's summary shows it. */
      readonly isSummarised: boolean
    }
  | {
      readonly kind: 'rehearsal'
      readonly hosts: readonly RehearsalReport[]
      /** As in receipt.schema.json. */
      readonly receipts: readonly unknown[]
    }
  | ({ readonly kind: 'health' } & HealthReports)
  | {
      readonly kind: 'deployment'
      readonly deployments: readonly Deployment[]
      /** Whether it did all of them. */
      readonly ok: boolean
      readonly failure?: string | undefined
    }
  | {
      readonly kind: 'migration'
      readonly report: MigrationReport
      readonly toRestore?: VarsToRestore | undefined
    }
  | ({ readonly kind: 'status' } & ServerStatus)

export interface ServerStatus {
  readonly host: string
  /** The stage that the vars ask for. */
  readonly vars: DesiredStage
  readonly stage: ActualStage | 'unknown'
  readonly why: string
  /** The newest one that left a receipt. */
  readonly rehearsal?: {
    readonly at: string
    readonly passes: boolean
    readonly expectedWindowSeconds: number
  }
  /** What the program on the server says of itself. */
  readonly text: string
  /** What a person can do from here. */
  readonly next: string
}

/** The report as JSON, as its schema in `schemas/` says, with a newline at the end. */
export function reportJson(report: Report): string {
  switch (report.kind) {
    case 'validation':
      return renderJson(report.verdict)
    case 'rehearsal':
      return jsonText({ version: 1, hosts: report.hosts, receipts: report.receipts })
    case 'health':
      return jsonText({ version: 1, hosts: report.hosts, inventory: report.inventory })
    case 'deployment':
      return jsonText({ schema: 'deployment/1', deployments: report.deployments, ok: report.ok })
    case 'migration':
      return jsonText(report.report)
    case 'status': {
      const { kind: _, ...status } = report
      return jsonText({ schema: 'status/1', ...status })
    }
  }
}

export function findingsOf(report: Report): readonly Finding[] {
  switch (report.kind) {
    case 'validation':
      return report.verdict.findings
    case 'rehearsal':
    case 'health':
      return report.hosts.flatMap(host => host.findings)
    case 'migration':
      return report.report.findings
    case 'deployment':
    case 'status':
      return []
  }
}

/** What `status` observed, as text. */
export function statusText({ vars, stage, why, rehearsal, text }: ServerStatus): string {
  return [
    `vars      ask for ${vars}: ${stageMeanings[vars]}.`,
    `stage     ${stage}: ${why}`,
    `rehearsal ${rehearsal ? rehearsalText(rehearsal) : 'none'}`,
    text.trimEnd(),
  ].join('\n')
}

/** For a person who has not read about them. */
export const statusTerms =
  'A run holds the lock while it prepares or finishes. The window is the time in which it changes the server. The hold keeps Synapse from starting. docs/stages.md explains the stages.'

function rehearsalText({
  at,
  passes,
  expectedWindowSeconds,
}: NonNullable<ServerStatus['rehearsal']>): string {
  const result = passes ? 'passed' : 'did not pass'
  return `${timeText(at)}: ${result}; expected downtime: ${estimateText(expectedWindowSeconds)}`
}
