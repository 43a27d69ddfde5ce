import type { Clock } from '../../domain/clock.ts'
import type { Finding } from '../../domain/finding.ts'
import type { Log } from '../../domain/log.ts'
import type { MigrationReport } from '../../domain/reports.ts'
import type { ServerFacts } from '../../domain/server-facts.ts'
import type { Dialect } from '../../domain/stage.ts'
import type { RenderedFile } from '../../playbook/render.ts'
import type { ServerNames, ServerSecrets } from '../../server/names.ts'
import type { Server } from '../../server/server.ts'
import type { RunResult } from '../../server/session.ts'
import type { ToolkitError } from '../../support/errors.ts'
import type { BackupOptions } from './backup.ts'
import type { Canary } from './canary.ts'
import type { ReportBuilder } from './report-builder.ts'

/** The result of the rehearsal for the migration. `command` is the real run: without the dry-run flag, with MAS's own configuration. */
export interface Rehearsed {
  readonly command: readonly string[]
  readonly findings: readonly Finding[]
  /** How long the rehearsal took, including the playbook: the real run takes no longer. */
  readonly seconds: number
  /** The last lines that syn2mas printed. */
  readonly lastLines: readonly string[]
  /** Why the migration must stop. */
  readonly failure?: ToolkitError
}

export interface Syn2masVerdict {
  readonly ok: boolean
  /** One sentence, without secrets. */
  readonly what: string
  readonly findings: readonly Finding[]
  /** The last lines that syn2mas printed. */
  readonly lastLines: readonly string[]
}

export interface DoctorVerdict {
  readonly findings: readonly Finding[]
}

/** The server, and the operations of the playbook and of syn2mas that the steps need; plain objects in tests. */
export interface Deps extends Server {
  readonly clock: Clock
  readonly log: Log
  /** Compares the reviewed receipt with the migration that would run now; throws `receipt-missing` or `receipt-differs`. */
  checkReceipt(facts: ServerFacts): Promise<readonly string[]>
  /** Repeats the whole rehearsal. Throws where it cannot be done, or differs from the receipt. */
  rehearse(): Promise<Rehearsed>
  /** The files that the playbook would change with the final (or the current) vars, from a run in check mode. */
  render(vars: 'final' | 'present'): Promise<readonly RenderedFile[]>
  /** Reads syn2mas's exit code and output. */
  judge(result: RunResult): Syn2masVerdict
  doctor(): Promise<DoctorVerdict>
  /** Runs the playbook's tag that creates the accounts from the vars in MAS, where they are missing. */
  createUsers(): Promise<void>
}

export interface Options {
  readonly dialect: Dialect
  readonly owner: string
  readonly requireReceipt: boolean
  readonly backup: BackupOptions
  /** Whether a run in check mode with the currently deployed vars must show no change; needs those vars. */
  readonly proveNoDrift: boolean
  readonly leaseSeconds: number
  readonly heartbeatMs: number
}

export const defaultOptions: Omit<Options, 'dialect' | 'owner'> = {
  requireReceipt: true,
  backup: { kind: 'auth' },
  proveNoDrift: true,
  leaseSeconds: 45,
  heartbeatMs: 10_000,
}

/** The part of a report that is known when a run starts. */
export function reportHead(
  { session, clock }: Deps,
  { dialect }: Options,
  operation: MigrationReport['operation'],
  run: string,
): Pick<MigrationReport, 'host' | 'dialect' | 'operation' | 'run' | 'startedAt'> {
  return { host: session.host, dialect, operation, run, startedAt: clock.now().toISOString() }
}

/** State that the steps of one migration share. */
export interface Context {
  readonly deps: Deps
  readonly options: Options
  readonly run: string
  readonly report: ReportBuilder
  facts: ServerFacts
  names: ServerNames
  secrets: ServerSecrets
  canary?: Canary
  command?: readonly string[]
  rehearsalSeconds?: number
  files?: readonly RenderedFile[]
}
