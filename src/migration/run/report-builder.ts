import type { Finding } from '../../domain/finding.ts'
import type { MigrationReport, Proof, StepReport } from '../../domain/reports.ts'
import type { ToolkitError } from '../../support/errors.ts'

/** Collects a report during a run. Its fields are those of the report. */
export class ReportBuilder {
  readonly steps: StepReport[] = []
  windowSeconds: number | undefined
  expectedWindowSeconds: number | undefined
  syn2masSeconds: number | undefined
  readonly proofs: Proof[] = []
  readonly checks: Proof[] = []
  counts: MigrationReport['counts']
  lost: MigrationReport['lost']
  readonly warnings: string[] = []
  findings: readonly Finding[] = []
  toolOutput: MigrationReport['toolOutput']
  /** Why the run did not reach its aim. */
  failure: ToolkitError | undefined

  /** Adds findings. They replace earlier ones with the same id: the real run's replace the rehearsal's. */
  found(findings: readonly Finding[]): void {
    const others = this.findings.filter(({ id }) => !findings.some(finding => finding.id === id))
    this.findings = [...others, ...findings]
  }

  build(
    head: Pick<
      MigrationReport,
      'host' | 'dialect' | 'operation' | 'resumed' | 'run' | 'startedAt' | 'outcome'
    >,
  ): MigrationReport {
    const { windowSeconds, syn2masSeconds } = this
    const isTimed = windowSeconds !== undefined && syn2masSeconds !== undefined
    return {
      schema: 1,
      ...head,
      ...this,
      overheadSeconds: isTimed ? seconds(1000 * (windowSeconds - syn2masSeconds)) : undefined,
      failure: this.failure?.describe(),
    }
  }
}

export function seconds(ms: number): number {
  return Math.round(ms / 10) / 100
}
