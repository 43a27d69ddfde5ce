import type { AccountCounts } from '../../domain/account-counts.ts'
import type { Finding } from '../../domain/finding.ts'
import type { Dialect } from '../../domain/stage.ts'

export interface Proof {
  readonly name: string
  /** `skipped`: this server can't be asked; the detail says why. */
  readonly result: 'holds' | 'fails' | 'skipped'
  readonly detail: string
}

export interface StepReport {
  readonly name: string
  readonly seconds: number
  readonly result: 'done' | 'failed' | 'undone' | 'undo-failed'
}

/** What a migration, a rollback or a resumed run tells; schema: schemas/migration.schema.json. Holds no secret. */
export interface MigrationReport {
  readonly schema: 1
  readonly host: string
  readonly dialect: Dialect
  readonly operation: 'migrate' | 'rollback' | 'resume'
  readonly run: string
  readonly outcome: 'migrated' | 'rolled-back' | 'abandoned' | 'failed'
  readonly startedAt: string
  readonly steps: readonly StepReport[]
  /** From Synapse's stop to its first answer to a user by the new way, or back by the old one. */
  readonly windowSeconds?: number
  readonly syn2masSeconds?: number
  /** The window less syn2mas. */
  readonly overheadSeconds?: number
  readonly proofs: readonly Proof[]
  readonly counts?: { readonly synapse: AccountCounts; readonly mas: AccountCounts }
  /** What a rollback of a live server took from users, counted. */
  readonly lost?: Readonly<Record<string, number>>
  /** What did not keep the migration from succeeding, and wants a look. */
  readonly warnings: readonly string[]
  readonly findings: readonly Finding[]
  /** The end of what syn2mas printed, masked: of the rehearsal in this run, and of the migration itself. */
  readonly toolOutput?: ToolOutput
  /** The error in a person's words, where it did not succeed. */
  readonly failure?: string
}

export interface ToolOutput {
  readonly rehearsal?: readonly string[]
  readonly migration?: readonly string[]
}

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

  /** What is found anew, such as by the real run after the rehearsal, takes the place of what was said under the same id. */
  found(findings: readonly Finding[]): void {
    const said = this.findings.filter(({ id }) => !findings.some(finding => finding.id === id))
    this.findings = [...said, ...findings]
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
