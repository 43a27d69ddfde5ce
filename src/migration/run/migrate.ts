import { randomBytes } from 'node:crypto'
import { ToolkitError } from '../../support/errors.ts'
import type { Heartbeat } from '../journal/heartbeat.ts'
import type { JournalWriter } from '../journal/journal.ts'
import type { Context, Deps, Options } from './context.ts'
import { begin, type Held, releaseLock } from './lock.ts'
import { type MigrationReport, type Proof, ReportBuilder, seconds } from './report-builder.ts'
import { finish, type Step, steps } from './steps.ts'
import { undoSteps } from './undo.ts'

export interface MigrationResult {
  readonly report: MigrationReport
  /** Why it did not succeed; the report tells it in words too. */
  readonly error?: ToolkitError
}

/**
 * Carries one server over: every step with its proof, the journal on the server, and the way back where a step fails.
 * Never throws for what a server can do; a bug is thrown after the way back was gone. `signal` stands for a cancelled job:
 * there is no time to go back then, so the journal is written, the heartbeat stops and the guard on the server does it.
 */
export async function migrate(
  deps: Deps,
  options: Options,
  signal: AbortSignal,
  plan: readonly Step[] = steps,
): Promise<MigrationResult> {
  const run = newRun()
  const startedAt = deps.clock.now().toISOString()
  const report = new ReportBuilder()
  const head = {
    host: deps.session.host,
    dialect: options.dialect,
    operation: 'migrate',
    run,
    startedAt,
  } as const
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
      await attend(runStep(step, context, journal, done), signal, heartbeat, settling(step, deps))
    }
    await journal.add({ event: 'proven' })
  } catch (error) {
    return { ...(await goBack(error, done, begun, signal, head)) }
  }
  const users = context.canary ? [context.canary.plain.user, context.canary.admin.user] : []
  await finish(context, users)
  await close(begun)
  return { report: report.build({ ...head, outcome: 'migrated' }) }
}

/** What fails here takes nothing from users: the lease runs out by itself, and `resume` writes the end. */
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
    const noted = await step.action(context)
    const proofs = (await step.proof?.(context)) ?? []
    report.proofs.push(...proofs)
    demand(proofs, context)
    report.steps.push({ name: step.name, seconds: took(), result: 'done' })
    await journal.add({ event: 'step-done', step: step.name, data: { seconds: took(), ...noted } })
  } catch (error) {
    report.steps.push({ name: step.name, seconds: took(), result: 'failed' })
    throw error
  }
}

function demand(proofs: readonly Proof[], { names }: Context): void {
  const failed = proofs.filter(proof => proof.result === 'fails')
  if (failed.length === 0) return
  throw new ToolkitError({
    kind: 'server',
    reason: 'unhealthy',
    what: `Not proven: ${failed.map(proof => `${proof.name} (${proof.detail})`).join('; ')}.`,
    where: names.host,
    meaning: 'The homeserver goes back to its own login.',
    remedy: 'Read the report, put right what it names, and run this again.',
  })
}

class Cancelled extends Error {}

/** A cancelled rehearsal starts MAS again where it had stopped it, and has some seconds for that: nobody else would. */
function settling(step: Step, { clock }: Deps): () => Promise<void> {
  return step.name === 'rehearse' ? () => clock.sleep(6000) : async () => {}
}

/** A step ends early where the job is cancelled, or where the lock was lost. */
async function attend(
  work: Promise<void>,
  signal: AbortSignal,
  heartbeat: Heartbeat,
  settle: () => Promise<void>,
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
    // What lost the race goes on by itself for a moment; nobody listens to it any more.
    const ended = work.catch(() => undefined)
    if (error instanceof Cancelled) await Promise.race([ended, settle()])
    throw error
  } finally {
    signal.removeEventListener('abort', stop)
  }
  if (heartbeat.failure) throw heartbeat.failure
}

async function goBack(
  error: unknown,
  done: readonly Step[],
  { context, journal, heartbeat }: Held,
  signal: AbortSignal,
  head: Pick<MigrationReport, 'host' | 'dialect' | 'operation' | 'run' | 'startedAt'>,
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
  deps.log.warning(`${cause.message} Going back.`)
  const undone = await undoSteps(done, context, journal, cause)
  await heartbeat.stop()
  if (undone) await deps.guard.release().catch(() => undefined)
  const started = done.some(step => step.name === 'stop')
  const known = afterUndo(cause, undone, started)
  const outcome = !started ? 'abandoned' : undone ? 'rolled-back' : 'failed'
  const result = { report: report.build({ ...head, outcome }, known.describe()), error: known }
  if (error instanceof Error && !(error instanceof ToolkitError))
    deps.log.warning(`This is a bug of matrix-auth-actions: ${error.stack ?? error.message}`)
  return result
}

/** The cause stays the reason where nothing was stopped yet: users noticed nothing, whatever of ours is left there. */
function afterUndo(cause: ToolkitError, undone: boolean, started: boolean): ToolkitError {
  if (!started) return cause
  return new ToolkitError({
    kind: cause.kind,
    reason: undone ? 'rolled-back' : 'rollback-incomplete',
    what: cause.message,
    ...(cause.where ? { where: cause.where } : {}),
    meaning: undone
      ? 'The homeserver is back on its own login, with every account and session that it had.'
      : 'The guard on the server puts the own login back within a minute, unless it was not reached either.',
    remedy: undone
      ? `${cause.remedy} The default branch now asks for a live MAS; put matrix_authentication_service_migration_in_progress: true back until then.`
      : `Look at the server: bash /matrix/auth-actions/guard/guard.sh status. ${cause.remedy}`,
    cause,
  })
}

function cancelled(host: string, guarded: boolean): ToolkitError {
  return new ToolkitError({
    kind: 'refused',
    reason: 'cancelled',
    what: 'The job was cancelled.',
    where: host,
    ...(guarded ? { meaning: 'The guard on the server puts the own login back within a minute.' } : {}),
    remedy: 'Run migrate with operation: resume, which finds out where this stopped.',
  })
}

export function asToolkitError(error: unknown): ToolkitError {
  if (error instanceof ToolkitError) return error
  return new ToolkitError({
    kind: 'tool',
    reason: 'internal',
    what: `Something went wrong that nobody foresaw: ${error instanceof Error ? error.message : 'no message'}`,
    remedy: 'Report it with the log.',
    cause: error,
  })
}

/** Names a migration: sorts by time, and is short enough for a local part. */
export function newRun(): string {
  return `${Math.floor(Date.now() / 1000).toString(36)}${randomBytes(3).toString('hex')}`
}
