import type { RunKind } from '../../domain/journal.ts'

/** A file of the window. The server stores the side before itself, with its mode and owner. */
export interface WindowFile {
  readonly path: string
  /** sha256 of the file on the server; null where there must be none. */
  readonly beforeSha256: string | null
  /** The new content in base64; null where the file is removed. */
  readonly after: string | null
  /** Octal mode and user of a new file. */
  readonly mode: string
  readonly owner: string
}

/** SQL that selects user ids in Synapse and changes their accounts in MAS; `NAMES` stands for a list of SQL literals. */
export interface AccountRepair {
  readonly select: string
  readonly change: string
  /** Only where MAS can store this category, and its count differs from Synapse's. */
  readonly category?: string
}

/** How the server reaches its own public address; see `find_entrance` in window.py. */
export interface Entrance {
  readonly origin: string
  readonly address: string
  readonly verified: boolean
}

/** What window.py needs to carry a run out on its own. Written into the run's folder, readable only by root. */
export interface WindowPlan {
  readonly kind: RunKind
  readonly units: {
    readonly synapse: string
    readonly workers: readonly string[]
    readonly mas: string
    /** The reverse-proxy companion of the workers; null without workers. */
    readonly companion: string | null
    /** Units that read a changed file only when they start. */
    readonly restart: readonly string[]
  }
  readonly postgres: {
    readonly container: string
    readonly synapse: { readonly database: string; readonly role: string }
    readonly mas: { readonly database: string; readonly role: string }
  }
  /** From inside Synapse's container. */
  readonly urls: {
    readonly synapse: string
    readonly mas: string
    readonly client: string
    /** Who is logged in, asked of each worker that serves clients. */
    readonly workers: readonly string[]
  }
  readonly entrance: Entrance | null
  /** That of MAS, which can have another name. */
  readonly entranceMas: Entrance | null
  readonly serverName: string
  readonly registrationSecret: string
  readonly syn2mas: { readonly command: readonly string[] } | null
  readonly sql: {
    /** One row with a JSON object: `counts` by category, and the number of accounts that are `closed`. */
    readonly synapseCounts: string
    readonly masCounts: string
    /** Tables of MAS to empty, one per line. */
    readonly masTables: string
    /** In a migration, `SINCE` stands for the time when it started MAS, `OURS` for a list of names to ignore. A rollback has neither. */
    readonly losses: string
    readonly repairs: Readonly<Record<string, AccountRepair>>
  }
  /** Seconds from the stop of Synapse until the server restores the state before. */
  readonly maxDowntime: number
  readonly files: readonly WindowFile[]
}
