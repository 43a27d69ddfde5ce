import { type AccountCounts, parseCounts } from '../../domain/account-counts.ts'
import type { Finding } from '../../domain/finding.ts'
import { type JournalEntry, kindOf, outcomeOf } from '../../domain/journal.ts'
import type { StepEvent } from '../../domain/log.ts'
import type { MigrationReport, Proof } from '../../domain/reports.ts'
import { startOperation } from '../../domain/start-apply.ts'
import { stepText, withStepTexts } from '../../domain/steps.ts'
import { serverProgram } from '../../server/window/window.ts'
import { unlessAborted } from '../../support/abort.ts'
import { ToolkitError } from '../../support/errors.ts'
import { isRecord, number, numbersIn, record, text } from '../../support/json.ts'
import { plural } from '../../support/plural.ts'
import type { Deps } from './context.ts'
import { type ReportBuilder, seconds } from './report-builder.ts'

/** After the longest downtime the server restores; restoring has no limit, so the runner has one. */
const patienceMs = 20 * 60_000
const reconnectEveryMs = 2000

/** A run that the server carries out. */
interface ServerRun {
  readonly run: string
  readonly maxDowntime: number
  /** Has the server start it. Can be repeated. */
  readonly start: () => Promise<void>
}

/**
 * Starts a run, follows its journal until it is closed, and reconnects where the connection is lost.
 * @throws ToolkitError `outcome-unknown` where the run may have started and its end was not seen: the job is cancelled, or the
 *   server cannot be asked. Any other error means that it has not started.
 */
export async function watch(
  { window, clock, log, session }: Pick<Deps, 'window' | 'clock' | 'log' | 'session'>,
  { run, maxDowntime, start }: ServerRun,
  signal: AbortSignal,
): Promise<readonly JournalEntry[]> {
  const entries: JournalEntry[] = []
  const end = clock.now().getTime() + maxDowntime * 1000 + patienceMs
  const onEntry = (entry: JournalEntry) => {
    entries.push(entry)
    const event = log.step && stepEvent(entry, entries)
    if (event) log.step?.(event)
    // A live view shows a step without a line; why it failed is one.
    const line = event && event.event !== 'failed' ? undefined : narrate(entry, entries)
    if (line !== undefined) log.info(line)
  }
  let started = false
  while (!entries.some(({ event }) => event === 'closed')) {
    if (signal.aborted)
      throw unknown(session.host, 'The run was cancelled while the server was working on it.')
    if (clock.now().getTime() > end)
      throw unknown(session.host, 'The server did not end the run in time, or could not be reached.')
    try {
      if (!started) await start()
      started = true
      await unlessAborted(window.follow(run, entries.at(-1)?.seq ?? 0, onEntry), signal)
    } catch (error) {
      const isLost = error instanceof ToolkitError && error.reason === 'server-unreachable'
      if (!isLost && !started) throw error
      log.warning(
        'No answer from the server. Retrying. The run on the server does not depend on this connection.',
      )
      await clock.sleep(reconnectEveryMs)
    }
  }
  return entries
}

function unknown(host: string, what: string): ToolkitError {
  return new ToolkitError({
    reason: 'outcome-unknown',
    what,
    where: host,
    meaning: 'The server continues by itself: it finishes, or restores its previous state.',
    remedy: `To see how the run ended, ${startOperation('status')}. Or run on the server: \`${serverProgram} status\``,
  })
}

/** For a live view; undefined for what is not about a step. */
function stepEvent(
  { event, step, data = {} }: JournalEntry,
  entries: readonly JournalEntry[],
): StepEvent | undefined {
  const name = step ?? entries.findLast(each => each.event === 'begin')?.step
  const downSeconds = number(data.downSeconds)
  const common = { step: stepText(name ?? ''), ...(downSeconds !== undefined && { downSeconds }) }
  switch (event) {
    case 'begin':
    case 'done':
    case 'failed':
      return { event, ...common }
    case 'progress':
      return { event, ...common, ...(data.table !== undefined && { detail: rowsOf(data) }) }
    default:
      return undefined
  }
}

function rowsOf(data: NonNullable<JournalEntry['data']>): string {
  return `${data.rows} of about ${data.of} ${data.table}`
}

function narrate(
  { event, step = '', data = {} }: JournalEntry,
  entries: readonly JournalEntry[],
): string | undefined {
  switch (event) {
    case 'commit':
      return 'The server now continues by itself. Cancelling does not stop it.'
    case 'begin':
      return `${stepText(step)} …`
    case 'failed':
      return `The run failed: ${reasonOf(data)}.${hasStopped(entries) ? ' The server is restoring its previous state.' : ''}`
    case 'retry':
      return `${outcomeOf(entries) ? 'The cleanup failed' : 'Not restored yet'}: ${reasonOf(data)}. Retrying.`
    case 'end':
      return `The run has ended. Outcome: ${data.outcome}.`
    case 'progress':
      return data.table === undefined ? undefined : `syn2mas: ${rowsOf(data)}`
    case 'done':
    case 'closed':
      return undefined
  }
}

/** Why the program on the server failed. */
export function reasonOf(data: JournalEntry['data']): string {
  return withStepTexts(text(data?.reason) ?? 'the reason is unknown')
}

/** Before that, nothing is to restore. */
function hasStopped(entries: readonly JournalEntry[]): boolean {
  return entries.some(({ event, step }) => event === 'begin' && step === 'stop')
}

/** Adds what the journal tells to the report. Returns how the run ended: `unknown` without an end, as after an uninstall. */
export function reportWindow(
  report: ReportBuilder,
  entries: readonly JournalEntry[],
  host: string,
): MigrationReport['outcome'] {
  for (const { event, step = '', data = {} } of entries) {
    if (event === 'done') {
      report.steps.push({ name: step, seconds: number(data.seconds) ?? 0, result: 'done' })
    }
    report.proofs.push(...proofsIn(data.proofs))
    if (step === 'syn2mas') {
      report.syn2masSeconds = number(data.syn2masSeconds) ?? report.syn2masSeconds
      if (isRecord(data.counts)) report.counts = countsIn(data.counts)
      const locks = number(data.locks) ?? 0
      if (locks > 0) report.found([locksSet(locks, host)])
    }
    const downSeconds = number(data.downSeconds)
    // The first answer was not the end of the downtime.
    report.windowSeconds = isRestore({ event, data }) ? downSeconds : (downSeconds ?? report.windowSeconds)
    if (event === 'end' && isRecord(data.lost)) report.lost = numbersIn(data.lost)
  }
  if (report.lost === undefined && hasLosses(entries))
    report.warnings.push('What users did in MAS is lost. It is unknown how much.')
  const failed = failedEntry(entries)
  if (failed) {
    markFailed(report, entries, failed)
    addRestore(report, entries, failed)
  }
  return outcomeOf(entries) ?? 'unknown'
}

function isRestore({ event, data }: Pick<JournalEntry, 'event' | 'data'>): boolean {
  return event === 'end' && data?.outcome === 'restored'
}

/** The first line that says why a run failed. `failed` can be missing: while a disk is full, restoring goes on without it. */
export function failedEntry(entries: readonly JournalEntry[]): JournalEntry | undefined {
  return entries.find(
    ({ event, data }) => event === 'failed' || data?.outcome === 'restored' || data?.outcome === 'abandoned',
  )
}

/** The run took MAS away from users: by a rollback, or by the restore of a migration that had started it. */
function hasLosses(entries: readonly JournalEntry[]): boolean {
  if (!entries.some(({ event, step }) => event === 'begin' && step === 'start')) return false
  return outcomeOf(entries) === (kindOf(entries) === 'migrate' ? 'restored' : 'rolled-back')
}

function markFailed(report: ReportBuilder, entries: readonly JournalEntry[], failed: JournalEntry): void {
  const begun = entries.findLast(({ event }) => event === 'begin')
  const { step: name } = begun ?? {}
  if (!begun || name === undefined) return
  if (entries.some(({ event, step }) => event === 'done' && step === name)) return
  if (report.steps.some(step => step.name === name)) return
  const isTimed = failed.boot === begun.boot && !isRestore(failed)
  const took = isTimed ? { seconds: seconds(1000 * (failed.uptime - begun.uptime)) } : {}
  report.steps.push({ name, ...took, result: 'failed' })
}

/** No step of the program on the server. It lasts until users get answers again; then what they lost is counted. */
function addRestore(report: ReportBuilder, entries: readonly JournalEntry[], failed: JournalEntry): void {
  if (!entries.some(isRestore)) return
  const stopped = entries.find(({ event, step }) => event === 'begin' && step === 'stop')
  const answered = entries.find(({ event, step }) => event === 'done' && step === 'answer')
  const { windowSeconds } = report
  // The server gives no downtime where it restarted since the stop.
  const isTimed = stopped !== undefined && windowSeconds !== undefined && failed.event === 'failed'
  const before = answered ? number(answered.data?.downSeconds) : failed.uptime - (stopped?.uptime ?? 0)
  const took = isTimed && before !== undefined ? { seconds: seconds(1000 * (windowSeconds - before)) } : {}
  report.steps.push({ name: 'restore', ...took, result: 'done' })
}

function proofsIn(value: unknown): Proof[] {
  if (!Array.isArray(value)) return []
  return value.map(each => {
    const { name, result, detail } = record(each)
    return {
      name: text(name) ?? '',
      result: result === 'holds' || result === 'skipped' ? result : 'fails',
      detail: text(detail) ?? '',
    }
  })
}

function countsIn(counts: Readonly<Record<string, unknown>>): { synapse: AccountCounts; mas: AccountCounts } {
  const parse = (value: unknown) => parseCounts(JSON.stringify(value))
  return { synapse: parse(counts.synapse), mas: parse(counts.mas) }
}

/** The Node tool does not migrate locks, so the server set them. */
function locksSet(count: number, host: string): Finding {
  return {
    id: 'syn2mas/locks-set-again',
    severity: 'notice',
    message: `syn2mas did not migrate the locks of ${plural(count, 'account')}. matrix-auth-actions locked these accounts in MAS.`,
    host,
    why: 'Without the lock their owners could log in again.',
    remedy: 'Nothing to do. To unlock an account, run on the server: `mas-cli manage unlock-user NAME`',
  }
}
