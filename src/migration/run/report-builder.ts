import type { Finding } from '../../domain/finding.ts'
import type { MigrationReport, Proof, StepReport, ToolOutput } from '../../domain/reports.ts'

/** Collects a report while steps run. */
export class ReportBuilder {
  readonly steps: StepReport[] = []
  readonly proofs: Proof[] = []
  readonly warnings: string[] = []
  findings: readonly Finding[] = []
  counts: MigrationReport['counts'] = undefined
  lost: MigrationReport['lost'] = undefined
  toolOutput: ToolOutput | undefined
  downAt: number | undefined
  answeredAt: number | undefined
  syn2masMs: number | undefined

  /** Adds findings. They replace earlier ones with the same id: the real run's replace the rehearsal's. */
  found(findings: readonly Finding[]): void {
    const others = this.findings.filter(({ id }) => !findings.some(finding => finding.id === id))
    this.findings = [...others, ...findings]
  }

  build(
    head: Pick<MigrationReport, 'host' | 'dialect' | 'operation' | 'run' | 'startedAt' | 'outcome'>,
    failure?: string,
  ): MigrationReport {
    const window =
      this.downAt !== undefined && this.answeredAt !== undefined ? this.answeredAt - this.downAt : undefined
    return {
      schema: 1,
      ...head,
      steps: this.steps,
      ...(window === undefined ? {} : { windowSeconds: seconds(window) }),
      ...(this.syn2masMs === undefined ? {} : { syn2masSeconds: seconds(this.syn2masMs) }),
      ...(window === undefined || this.syn2masMs === undefined
        ? {}
        : { overheadSeconds: seconds(window - this.syn2masMs) }),
      proofs: this.proofs,
      ...(this.counts ? { counts: this.counts } : {}),
      ...(this.lost ? { lost: this.lost } : {}),
      warnings: this.warnings,
      findings: this.findings,
      ...(this.toolOutput ? { toolOutput: this.toolOutput } : {}),
      ...(failure === undefined ? {} : { failure }),
    }
  }
}

export function seconds(ms: number): number {
  return Math.round(ms / 10) / 100
}
