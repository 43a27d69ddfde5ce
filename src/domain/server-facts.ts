import type { AccountCounts } from './account-counts.ts'
import { type JournalEntry, kindOf, type Outcome, outcomeOf, type RunKind } from './journal.ts'
import type { Dialect } from './stage.ts'

/** How `homeserver.yaml` on the server's disk delegates. `unreadable`: the file is missing or has an unknown structure. */
export const delegations = ['no', 'msc3861', 'mas', 'unreadable'] as const
export type Delegation = (typeof delegations)[number]

/** A systemd unit and its container with the same name. */
export interface UnitFacts {
  /** Without `.service`. */
  readonly name: string
  /** systemd's LoadState is `loaded`. */
  readonly exists: boolean
  /** systemd's ActiveState, such as `active`, `activating`, `inactive`, `failed`. */
  readonly active: string
  /** systemd's UnitFileState is `enabled`. */
  readonly enabled: boolean
  /** Whether the container runs, according to the container engine. */
  readonly container: boolean
  /** The image of the running container, with its tag. */
  readonly image?: string
}

/** Synapse's unit is `activating` until its health check passes. Whether it serves users is another question. */
export function isDown({ active, container }: UnitFacts): boolean {
  return !container || !['active', 'activating'].includes(active)
}

/**
 * Those of PostgreSQL, MAS where it is installed, Synapse's workers, and Synapse. What others need comes first: a Synapse that needs MAS
 * stops with it.
 */
export function downUnits({ synapse, mas, postgres }: ServerFacts): readonly UnitFacts[] {
  const workers = synapse.workers.filter(({ exists }) => exists)
  return [postgres, ...(mas.installed ? [mas] : []), ...workers, synapse].filter(isDown)
}

/** One sentence. */
export function notRunning({ name, active, container }: UnitFacts): string {
  return `${name} is not running: its unit is ${active}, its container is ${container ? '' : 'not '}running.`
}

export interface SynapseFacts extends UnitFacts {
  readonly delegating: Delegation
  readonly workers: readonly UnitFacts[]
  /** All rows of `users`, including those of application services. */
  readonly accounts: number
  /** What the dialect's syn2mas would migrate; see `migratableCountsSql`. */
  readonly migratable: AccountCounts
}

/** `none`: no database, or no tables of MAS in it. `renamed`: a syn2mas run died and left renamed tables. */
export const masTableStates = ['none', 'whole', 'renamed', 'unreadable'] as const
export type MasTableState = (typeof masTableStates)[number]

export interface MasFacts extends UnitFacts {
  /** Whether its folder and its unit exist. */
  readonly installed: boolean
  readonly tables: MasTableState
  /** Names of existing tables `syn2mas__*` and of the two helper tables. */
  readonly leftovers: readonly string[]
  /** Only where `tables` is `whole`. */
  readonly counts?: AccountCounts
  /** Accounts of MAS that Synapse doesn't have: early logins. `names` holds the first 20, untrusted text. */
  readonly masOnlyAccounts: { readonly count: number; readonly names: readonly string[] }
  /** How many active accounts of Synapse, without those of application services, MAS does not have; 0 where MAS has no tables. */
  readonly missingAccounts: number
}

/** The toolkit's own state on the server, in /var/lib/matrix-auth-actions. */
export interface OurFacts {
  /** Whether the flag file prevents Synapse and its workers from starting. */
  readonly hold: boolean
  /** Whether a run is changing the server now. */
  readonly window: boolean
  /** A run that was started, and has not ended completely. */
  readonly open?: string
  readonly last?: LastRun
  /** Absent where no migration of this toolkit is live. */
  readonly migration?: Migration
  /** Of a runner that prepares or finishes. `seconds` until it expires; not positive if it has expired. */
  readonly lock?: { readonly owner: string; readonly run: string; readonly seconds: number }
  /** Names of runs. */
  readonly backups: readonly string[]
}

/** The last run that was committed. */
export interface LastRun {
  readonly run: string
  readonly kind?: RunKind
  readonly outcome?: Outcome
  /** ISO 8601, by the server's clock. */
  readonly endedAt?: string
}

export function lastRunIn(run: string, entries: readonly JournalEntry[]): LastRun {
  const [kind, outcome] = [kindOf(entries), outcomeOf(entries)]
  const endedAt = entries.find(({ event }) => event === 'end')?.at
  return { run, ...(kind && { kind }), ...(outcome && { outcome }), ...(endedAt && { endedAt }) }
}

/** A cleanup of MAS's database ends as `rolled-back` too. */
export function isRollback({ kind, outcome }: LastRun): boolean {
  return kind === 'rollback' && outcome === 'rolled-back'
}

/** The migration that made MAS live. */
export interface Migration {
  readonly run: string
  /** When it ended; ISO 8601, by the server's clock. */
  readonly at: string
  /** Local parts of the test accounts that it made. */
  readonly accounts: readonly string[]
}

/** Whether another run than `run` is alive on the server. */
export function isLocked({ window, lock }: OurFacts, run?: string): boolean {
  return window || (lock !== undefined && lock.seconds > 0 && lock.run !== run)
}

/** The result of a read-only probe of one host. `actualStage` derives the stage. */
export interface ServerFacts {
  readonly host: string
  /** The dialect of the counts, which the checkout determines. */
  readonly dialect: Dialect
  readonly synapse: SynapseFacts
  readonly mas: MasFacts
  readonly postgres: UnitFacts
  readonly ours: OurFacts
}
