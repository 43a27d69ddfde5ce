import type { Finding } from '../../domain/finding.ts'
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

export interface Clock {
  now(): Date
  sleep(ms: number): Promise<void>
}

/** For a person who watches. Texts hold no secret; whoever implements it escapes what the platform would obey. */
export interface Log {
  info(text: string): void
  warning(text: string): void
}

/** What the rehearsal hands on: the command of the real run, without the dry-run flag and on MAS's own configuration. */
export interface Rehearsed {
  readonly command: readonly string[]
  readonly findings: readonly Finding[]
  /** How long the rehearsal took, the playbook around it included: the real run takes no longer. */
  readonly seconds: number
  /** The end of what syn2mas printed. */
  readonly lastLines: readonly string[]
  /** Why the migration must not go on. */
  readonly failure?: ToolkitError
}

export interface Syn2masVerdict {
  readonly ok: boolean
  /** One sentence, without secrets. */
  readonly what: string
  readonly findings: readonly Finding[]
  /** The end of what syn2mas printed. */
  readonly lastLines: readonly string[]
}

export interface DoctorVerdict {
  readonly findings: readonly Finding[]
}

/** The server, and what the steps need of the playbook and of syn2mas; plain objects in tests. */
export interface Deps extends Server {
  readonly clock: Clock
  readonly log: Log
  /** Holds the receipt that was reviewed against what would run now; throws `receipt-missing` or `receipt-differs`. */
  checkReceipt(facts: ServerFacts): Promise<readonly string[]>
  /** The whole rehearsal once more. Throws where it cannot be done, or does not fit the receipt. */
  rehearse(): Promise<Rehearsed>
  /** A check run of the playbook: files that an install with the final (or the present) vars would change. */
  render(vars: 'final' | 'present'): Promise<readonly RenderedFile[]>
  /** What syn2mas's exit code and output say. */
  judge(result: RunResult): Syn2masVerdict
  doctor(): Promise<DoctorVerdict>
  /** The playbook's tag that makes the accounts which the vars name, in MAS, where they are not there yet. */
  createUsers(): Promise<void>
}

export interface Options {
  readonly dialect: Dialect
  readonly owner: string
  readonly requireReceipt: boolean
  readonly backup: BackupOptions
  /** Whether a check run with the vars deployed now must name no file; needs those vars. */
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

/** What the steps of one migration hand on to each other. */
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
