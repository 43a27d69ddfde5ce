import type { AccountCounts } from './account-counts.ts'
import type { JournalSummary } from './journal.ts'
import type { Dialect } from './stage.ts'

/** How `homeserver.yaml` on the server's disk delegates. `unreadable`: no file, or not the YAML that we know. */
export const delegations = ['no', 'msc3861', 'mas', 'unreadable'] as const
export type Delegation = (typeof delegations)[number]

/** One systemd unit and the container of the same name that it wraps. */
export interface UnitFacts {
  /** Without `.service`. */
  readonly name: string
  /** systemd's LoadState is `loaded`. */
  readonly exists: boolean
  /** systemd's ActiveState, such as `active`, `activating`, `inactive`, `failed`. */
  readonly active: string
  /** systemd's UnitFileState is `enabled`. */
  readonly enabled: boolean
  /** The container runs, asked of the engine. */
  readonly container: boolean
  /** The image of the running container, with its tag, where it runs. */
  readonly image?: string
}

export interface SynapseFacts extends UnitFacts {
  readonly delegating: Delegation
  /** Such as `1.163.2`; absent where it can't be asked. */
  readonly version?: string
  readonly workers: readonly UnitFacts[]
  /** All rows of `users`, application services' ones too. */
  readonly accounts: number
  /** What the dialect's syn2mas would carry over; see `migratableCountsSql`. */
  readonly migratable: AccountCounts
}

/** `none`: no database, or none of MAS's tables in it. `renamed`: a syn2mas run died; the names say so, never the counts. */
export const masTableStates = ['none', 'whole', 'renamed', 'unreadable'] as const
export type MasTableState = (typeof masTableStates)[number]

export interface MasFacts extends UnitFacts {
  /** Its folder and its unit are there. */
  readonly installed: boolean
  readonly version?: string
  readonly tables: MasTableState
  /** Tables named `syn2mas__*`, and the two helper tables, as found. */
  readonly leftovers: readonly string[]
  /** Only where `tables` is `whole`. */
  readonly counts?: AccountCounts
  /** Accounts of MAS that Synapse doesn't have: early logins. `names` holds the first 20, untrusted text. */
  readonly masOnlyAccounts: { readonly count: number; readonly names: readonly string[] }
}

/** What the toolkit itself left on the server, under /matrix/auth-actions. */
export interface OurFacts {
  /** The flag file that keeps Synapse and its workers from starting. */
  readonly hold: boolean
  readonly guard: 'absent' | 'armed' | 'disarmed' | 'fired'
  readonly journal: JournalSummary
  readonly lock?: LockFacts
}

export interface LockFacts {
  readonly owner: string
  readonly fence: number
  /** Seconds until the lease ends by the server's own clock; negative where it is stale. */
  readonly leaseSeconds: number
}

/** All that a read-only probe tells about one host; `actualStage` makes a stage of it. */
export interface ServerFacts {
  readonly host: string
  /** The dialect that the counts were taken for; the checkout decides it. */
  readonly dialect: Dialect
  readonly synapse: SynapseFacts
  readonly mas: MasFacts
  readonly postgres: UnitFacts
  readonly ours: OurFacts
}
