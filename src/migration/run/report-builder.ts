import type { Finding } from '../../domain/finding.ts'
import type { MigrationReport, Proof, StepReport, ToolOutput } from '../../domain/reports.ts'
import type { ToolkitError } from '../../support/errors.ts'

/** Collects a report during a run. */
export class ReportBuilder {
  readonly steps: StepReport[] = []
  readonly proofs: Proof[] = []
  readonly checks: Proof[] = []
  readonly warnings: string[] = []
  findings: readonly Finding[] = []
  counts: MigrationReport['counts'] = undefined
  lost: MigrationReport['lost'] = undefined
  toolOutput: ToolOutput | undefined
  windowSeconds: number | undefined
  expectedWindowSeconds: number | undefined
  syn2masSeconds: number | undefined
  syn2masExitCode: number | undefined
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
    failure?: string,
  ): MigrationReport {
    const { windowSeconds, syn2masSeconds } = this
    const isTimed = windowSeconds !== undefined && syn2masSeconds !== undefined
    return {
      schema: 1,
      ...head,
      steps: this.steps,
      windowSeconds,
      expectedWindowSeconds: this.expectedWindowSeconds,
      syn2masSeconds,
      overheadSeconds: isTimed ? seconds(1000 * (windowSeconds - syn2masSeconds)) : undefined,
      proofs: this.proofs,
      checks: this.checks,
      counts: this.counts,
      lost: this.lost,
      warnings: this.warnings,
      findings: this.findings,
      toolOutput: this.toolOutput,
      failure,
    }
  }
}

export function seconds(ms: number): number {
  return Math.round(ms / 10) / 100
}
