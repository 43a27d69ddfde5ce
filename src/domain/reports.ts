import type { AccountCounts } from './account-counts.ts'
import type { Finding } from './finding.ts'
import type { Outcome, RunKind } from './journal.ts'
import type { ActualStage, DesiredStage, Dialect } from './stage.ts'

/** How one check of the doctor ended. */
export const checkResults = ['holds', 'fails', 'unknown', 'skipped'] as const

/** One check of the doctor on one host; `healthCheckOf` has its texts. */
export interface CheckReport {
  /** Such as `doctor/certificate`. */
  readonly id: string
  /** `unknown`: it could not run. `skipped`: not applicable to this server. Neither is a pass; `detail` gives the reason. */
  readonly result: (typeof checkResults)[number]
  /** One sentence without its full stop, or empty. It can quote the server. */
  readonly detail: string
  readonly seconds: number
}

/** The result of the doctor's health check on one host. */
export interface HealthReport {
  readonly host: string
  /** Absent where the server was unreachable. */
  readonly stage?: ActualStage
  /** No finding is an error. */
  readonly healthy: boolean
  readonly findings: readonly Finding[]
  /** Each check of this toolkit. */
  readonly checks?: readonly CheckReport[]
  /** How many checks of `mas-cli doctor` passed. */
  readonly good: number
}

/** The results of the doctor. */
export interface HealthReports {
  readonly hosts: readonly HealthReport[]
  /** The names of all hosts of the playbook, also of those that were not checked; absent if the inventory could not be read whole. */
  readonly inventory?: readonly string[]
}

/** What a rehearsal on one host predicts for the migration. */
export interface RehearsalReport {
  readonly host: string
  /** `would-fail`: the migration would. `failed`: the rehearsal could not run. `live`: the server uses MAS already. */
  readonly verdict: 'clean' | 'findings' | 'would-fail' | 'failed' | 'live'
  /** One sentence. */
  readonly message: string
  /** How many rows of each category would be migrated, such as `users`. */
  readonly counts?: Readonly<Record<string, number>>
  readonly expectedWindowSeconds?: number
  /** ISO 8601. */
  readonly rehearsedAt?: string
  readonly findings: readonly Finding[]
  /** The last lines that syn2mas printed, masked. */
  readonly toolOutput?: readonly string[]
}

/** The result of deploying one host. Texts are masked. */
export interface Deployment {
  readonly host: string
  readonly before: DesiredStage
  readonly after: DesiredStage
  /** The stage that the probe saw before. */
  readonly actual: ActualStage
  readonly plan: string
  readonly why: string
  readonly tags: readonly string[]
  /** The stage that the probe saw afterwards; absent where nothing ran. */
  readonly stageAfter?: ActualStage
  /** Names of the tasks that changed something. */
  readonly changed: readonly string[]
  readonly seconds: number
}

export interface Proof {
  readonly name: string
  /** `skipped`: not applicable to this server; `detail` gives the reason. */
  readonly result: 'holds' | 'fails' | 'skipped'
  readonly detail: string
}

export interface StepReport {
  readonly name: string
  /** Absent where it is unknown: the server restarted meanwhile. */
  readonly seconds?: number
  readonly result: 'done' | 'failed'
}

/** The last lines that syn2mas printed, masked: in this run's rehearsal, and in the migration itself. */
export interface ToolOutput {
  readonly rehearsal?: readonly string[]
  readonly migration?: readonly string[]
}

/** The result of a migration, a rollback or a resumed run. Schema: schemas/migration.schema.json. Holds no secret. */
export interface MigrationReport {
  readonly schema: 1
  readonly host: string
  readonly dialect: Dialect
  /** `repair` empties MAS's database of a copy that never went live. */
  readonly operation: RunKind | 'resume'
  /** What the resumed run was to do. */
  readonly resumed?: RunKind
  readonly run: string
  /** `unknown`: the runner did not see the end; the server goes on by itself. */
  readonly outcome: Outcome | 'unknown'
  readonly startedAt: string
  readonly steps: readonly StepReport[]
  /** Seconds in which users had no homeserver, with those of a restore. */
  readonly windowSeconds?: number | undefined
  /** The upper end of the estimate before the migration; half of it is the lower end. */
  readonly expectedWindowSeconds?: number | undefined
  readonly syn2masSeconds?: number | undefined
  /** The window less syn2mas. */
  readonly overheadSeconds?: number | undefined
  readonly proofs: readonly Proof[]
  /** What was checked after the migration. Nothing is restored if one fails. */
  readonly checks: readonly Proof[]
  readonly counts?: { readonly synapse: AccountCounts; readonly mas: AccountCounts } | undefined
  /** What users did in MAS and lost by a rollback, or by the restore after a failed migration. */
  readonly lost?: Readonly<Record<string, number>> | undefined
  /** Problems that did not stop the run but need attention. */
  readonly warnings: readonly string[]
  readonly findings: readonly Finding[]
  readonly toolOutput?: ToolOutput | undefined
  /** The error as text, where the run did not succeed. */
  readonly failure?: string | undefined
}

/** Whether the run gave users Synapse's built-in login back, without what they did in MAS. */
export function restoresBuiltInLogin({
  operation,
  resumed,
  outcome,
}: Pick<MigrationReport, 'operation' | 'resumed' | 'outcome'>): boolean {
  return outcome === 'rolled-back' || (outcome === 'restored' && (resumed ?? operation) === 'migrate')
}

/** Lines of vars to restore, and the file that held them, where it is known. */
export interface VarsToRestore {
  readonly lines: readonly string[]
  readonly file?: string
  /** Sets these lines in the commit of the run; for `git apply --unidiff-zero`. */
  readonly patch?: string
}

/** What a push or a manual run did to one host, for the pull request. Texts are masked. */
export interface HostOutcome {
  /** Empty where no host was reached: the plan was refused. */
  readonly host: string
  readonly operation: 'plan' | 'migrate' | 'resume' | 'rollback' | 'status' | 'deploy'
  readonly ok: boolean
  readonly sentence: string
  /** Whether a rehearsal is missing, or is of something else. */
  readonly needsRehearsal?: boolean
  /** Whether users log in through MAS from this run on. */
  readonly migrated?: boolean
}
