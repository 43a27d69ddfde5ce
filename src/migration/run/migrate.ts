import { randomBytes } from 'node:crypto'
import type { MigrationReport, Proof } from '../../domain/reports.ts'
import { ToolkitError } from '../../support/errors.ts'
import type { Heartbeat } from '../journal/heartbeat.ts'
import type { JournalWriter } from '../journal/journal.ts'
import { type Context, type Deps, type Options, reportHead } from './context.ts'
import { begin, type Held, releaseLock } from './lock.ts'
import { ReportBuilder, seconds } from './report-builder.ts'
import { finish, type Step, steps } from './steps.ts'
import { undoSteps } from './undo.ts'

export interface MigrationResult {
  readonly report: MigrationReport
  /** Why it failed; the report has the same as text. */
  readonly error?: ToolkitError
}

/**
 * Migrates one server: runs each step with its proofs, writes the journal on the server, and rolls back where a step fails.
 * Errors are returned, not thrown. `signal` is aborted when the job is cancelled: there is no time for a rollback then, so
 * this writes the journal and stops the heartbeat, and the guard on the server rolls back.
 */
export async function migrate(
  deps: Deps,
  options: Options,
  signal: AbortSignal,
  plan: readonly Step[] = steps,
): Promise<MigrationResult> {
  const run = newRun()
  const report = new ReportBuilder()
  const head = reportHead(deps, options, 'migrate', run)
  let begun: Held
  try {
    begun = await begin(deps, options, run, report)
  } catch (error) {
    const known = asToolkitError(error)
    return { report: report.build({ ...head, outcome: 'abandoned' }, known.describe()), error: known }
  }
  const { context, journal, heartbeat } = begun
  const done: Step[] = []
  try {
    for (const step of plan) {
      await untilCancelled(
        runStep(step, context, journal, done),
        signal,
        heartbeat,
        cancelGracePeriod(step, deps),
      )
    }
    await journal.add({ event: 'proven' })
  } catch (error) {
    return { ...(await rollBackSteps(error, done, begun, signal, head)) }
  }
  const users = context.canary ? [context.canary.plain.user, context.canary.admin.user] : []
  await finish(context, users)
  await close(begun)
  return { report: report.build({ ...head, outcome: 'migrated' }) }
}

/** A failure here does not affect users: the lease expires, and `resume` writes the end. */
async function close(held: Held): Promise<void> {
  const { context, journal, heartbeat } = held
  try {
    await journal.add({ event: 'end', outcome: 'migrated' })
    await releaseLock(held)
  } catch (error) {
    context.report.warnings.push(
      `The run could not be closed on the server: ${asToolkitError(error).message}`,
    )
  } finally {
    heartbeat.stopNow()
  }
}

async function runStep(step: Step, context: Context, journal: JournalWriter, done: Step[]): Promise<void> {
  const { deps, report } = context
  deps.log.info(`${step.what} …`)
  await journal.add({ event: 'step-begin', step: step.name })
  done.push(step)
  const from = deps.clock.now().getTime()
  const took = () => seconds(deps.clock.now().getTime() - from)
  try {
    const data = await step.action(context)
    const proofs = (await step.proof?.(context)) ?? []
    report.proofs.push(...proofs)
    requireProofs(proofs, context)
    report.steps.push({ name: step.name, seconds: took(), result: 'done' })
    await journal.add({ event: 'step-done', step: step.name, data: { seconds: took(), ...data } })
  } catch (error) {
    report.steps.push({ name: step.name, seconds: took(), result: 'failed' })
    throw error
  }
}

function requireProofs(proofs: readonly Proof[], { names }: Context): void {
  const failed = proofs.filter(proof => proof.result === 'fails')
  if (failed.length === 0) return
  throw new ToolkitError({
    kind: 'server',
    reason: 'unhealthy',
    what: `Proofs failed: ${failed.map(proof => `${proof.name} (${proof.detail})`).join('; ')}.`,
    where: names.host,
    meaning: 'Synapse returns to its built-in login.',
    remedy: 'Fix what the report names, then run this again.',
  })
}

class Cancelled extends Error {}

/** A cancelled rehearsal must start MAS again itself, so it gets some seconds for that. */
function cancelGracePeriod(step: Step, { clock }: Deps): () => Promise<void> {
  return step.name === 'rehearse' ? () => clock.sleep(6000) : async () => {}
}

/** Waits for a step; throws early where the job is cancelled, or where the lock was lost. */
async function untilCancelled(
  work: Promise<void>,
  signal: AbortSignal,
  heartbeat: Heartbeat,
  gracePeriod: () => Promise<void>,
): Promise<void> {
  let stop = () => {}
  const cancelled = new Promise<never>((_, reject) => {
    stop = () => reject(new Cancelled('cancelled'))
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  try {
    await Promise.race([work, cancelled])
  } catch (error) {
    // The losing promise may still settle; its result is ignored.
    const ended = work.catch(() => undefined)
    if (error instanceof Cancelled) await Promise.race([ended, gracePeriod()])
    throw error
  } finally {
    signal.removeEventListener('abort', stop)
  }
  if (heartbeat.failure) throw heartbeat.failure
}

async function rollBackSteps(
  error: unknown,
  done: readonly Step[],
  { context, journal, heartbeat }: Held,
  signal: AbortSignal,
  head: ReturnType<typeof reportHead>,
): Promise<MigrationResult> {
  const { report, deps } = context
  if (error instanceof Cancelled || signal.aborted) {
    heartbeat.stopNow()
    await journal.add({ event: 'signal' }).catch(() => undefined)
    const known = cancelled(
      head.host,
      done.some(step => step.name === 'guard'),
    )
    return { report: report.build({ ...head, outcome: 'failed' }, known.describe()), error: known }
  }
  const cause = asToolkitError(error)
  deps.log.warning(`${cause.message} Rolling back.`)
  const undone = await undoSteps(done, context, journal, cause)
  await heartbeat.stop()
  if (undone) await deps.guard.release().catch(() => undefined)
  const started = done.some(step => step.name === 'stop')
  const known = afterUndo(cause, undone, started)
  const outcome = !started ? 'abandoned' : undone ? 'rolled-back' : 'failed'
  const result = { report: report.build({ ...head, outcome }, known.describe()), error: known }
  if (error instanceof Error && !(error instanceof ToolkitError))
    deps.log.warning(`This is a bug in matrix-auth-actions: ${error.stack ?? error.message}`)
  return result
}

/** The cause stays the reason where nothing was stopped yet, because users were not affected. */
function afterUndo(cause: ToolkitError, undone: boolean, started: boolean): ToolkitError {
  if (!started) return cause
  return new ToolkitError({
    kind: cause.kind,
    reason: undone ? 'rolled-back' : 'rollback-incomplete',
    what: cause.message,
    ...(cause.where ? { where: cause.where } : {}),
    meaning: undone
      ? 'Synapse uses its built-in login again, with all accounts and sessions.'
      : "The guard on the server restores Synapse's built-in login within a minute, if it is running.",
    remedy: undone
      ? `${cause.remedy} The default branch now asks for a live MAS: until the next migration, set matrix_authentication_service_migration_in_progress: true again.`
      : `Run on the server: bash /matrix/auth-actions/guard/guard.sh status. ${cause.remedy}`,
    cause,
  })
}

function cancelled(host: string, guarded: boolean): ToolkitError {
  return new ToolkitError({
    kind: 'refused',
    reason: 'cancelled',
    what: 'The job was cancelled.',
    where: host,
    ...(guarded
      ? { meaning: "The guard on the server restores Synapse's built-in login within a minute." }
      : {}),
    remedy: 'Run migrate with operation: resume.',
  })
}

export function asToolkitError(error: unknown): ToolkitError {
  if (error instanceof ToolkitError) return error
  return new ToolkitError({
    kind: 'tool',
    reason: 'internal',
    what: `Unexpected error: ${error instanceof Error ? error.message : 'no message'}`,
    remedy: 'Report this as a bug, with the log.',
    cause: error,
  })
}

/** A name for a migration: sorts by time, and is short enough for a local part. */
export function newRun(): string {
  return `${Math.floor(Date.now() / 1000).toString(36)}${randomBytes(3).toString('hex')}`
}
