import type { Clock } from '../../domain/clock.ts'
import type { Finding } from '../../domain/finding.ts'
import type { Log } from '../../domain/log.ts'
import type { ServerFacts } from '../../domain/server-facts.ts'
import type { Dialect } from '../../domain/stage.ts'
import type { RenderedFile } from '../../playbook/render.ts'
import type { NamesAndSecret } from '../../server/names.ts'
import type { Server } from '../../server/server.ts'
import type { ToolkitError } from '../../support/errors.ts'
import type { TaskResults } from '../health/tasks.ts'
import type { ReportBuilder } from './report-builder.ts'

/** The result of the rehearsal for the migration. `command` is the real run: without the dry-run flag, with MAS's own configuration. */
export interface Rehearsed {
  readonly command: readonly string[]
  readonly findings: readonly Finding[]
  /** The last lines that syn2mas printed. */
  readonly lastLines: readonly string[]
  /** The expected downtime in seconds, measured now. */
  readonly estimate: () => Promise<number>
  /** Why the migration must stop. */
  readonly failure?: ToolkitError
}

/** The server, and the operations of the playbook and of syn2mas that a run needs; plain objects in tests. */
export interface Deps extends Server {
  readonly clock: Clock
  readonly log: Log
  /** Compares the reviewed receipt with the migration that would run now; throws `receipt-missing` or `receipt-differs`. */
  checkReceipt(facts: ServerFacts): Promise<readonly string[]>
  /** Repeats the whole rehearsal for the run that holds the lock. Throws where it cannot be done, or differs from the receipt. */
  rehearse(run: string): Promise<Rehearsed>
  /** The files that the playbook would change with the final vars, from a run in check mode. */
  render(): Promise<readonly RenderedFile[]>
  /** The same with the vars that are deployed now; in a rollback with today's vars in stage prepared. */
  renderPresent(): Promise<readonly RenderedFile[]>
  /** The same with the last vars in stage prepared, of an older commit, where the vars are not. Throws where they must not be used. */
  renderLastPrepared(): Promise<
    { readonly commit: string; readonly files: readonly RenderedFile[] } | undefined
  >
  /** Whether these files are as the last deployment of the current vars left them, so that no check run has to prove it. */
  isAsDeployed(files: readonly RenderedFile[]): Promise<boolean>
  /** What everyone on the internet sees, from this machine. */
  lookFromOutside(): Promise<TaskResults>
  doctor(): Promise<{ readonly findings: readonly Finding[] }>
  /** Runs the playbook's tag that creates the accounts from the vars in MAS, where they are missing. */
  createUsers(): Promise<void>
}

/**
 * `auth`: all of MAS's database, Synapse's account tables, configuration, units. `full`: also all of Synapse's database.
 * `external`: the operator's own backup, a file on the server that is not older than `maxAgeHours`, beside `auth`.
 */
export type BackupOptions =
  | { readonly kind: 'auth' | 'full' }
  | { readonly kind: 'external'; readonly path: string; readonly maxAgeHours: number }

export interface Options {
  readonly dialect: Dialect
  readonly owner: string
  readonly requireReceipt: boolean
  readonly backup: BackupOptions
  /** How many backups stay on the server, with the new one. */
  readonly keepBackups: number
  /** Whether a run in check mode with the currently deployed vars must show no change; needs those vars. */
  readonly proveNoDrift: boolean
  /** Seconds; by default from the estimate. */
  readonly maxDowntime?: number
  /** How many sessions a rollback may lose. */
  readonly confirmLostSessions: number | 'any'
}

/** What the parts of one run share. */
export interface Context extends NamesAndSecret {
  readonly deps: Deps
  readonly options: Options
  readonly run: string
  readonly report: ReportBuilder
  readonly facts: ServerFacts
}
