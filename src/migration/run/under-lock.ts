import type { StepEvent } from '../../domain/log.ts'
import type { MigrationReport } from '../../domain/reports.ts'
import { type Step, steps } from '../../domain/steps.ts'
import { ToolkitError } from '../../support/errors.ts'
import { requireNothingUnfinished } from '../unfinished.ts'
import type { Context, Deps, Options } from './context.ts'
import { takeLease } from './lease.ts'
import { ReportBuilder, seconds } from './report-builder.ts'
import { newRun } from './run-name.ts'

export interface MigrationResult {
  readonly report: MigrationReport
  /** Why it failed; the report has the same as text. */
  readonly error?: ToolkitError | undefined
}

/**
 * Takes the lock, runs `work`, and releases the lock. Errors become part of the result: before the window nothing has changed
 * for users (`abandoned`); in the window the server goes on by itself (`unknown`).
 */
export async function underLock(
  deps: Deps,
  options: Options,
  operation: MigrationReport['operation'],
  work: (context: Context) => Promise<MigrationReport['outcome']>,
): Promise<MigrationResult> {
  const run = newRun()
  const report = new ReportBuilder()
  const { session, clock } = deps
  const { dialect } = options
  const startedAt = clock.now().toISOString()
  const head = { host: session.host, dialect, operation, run, startedAt }
  let release: (() => Promise<void>) | undefined
  try {
    release = await takeLease(deps.window, clock, options.owner, run)
    const facts = await deps.probe()
    requireNothingUnfinished(facts)
    const context = { deps, options, run, report, facts, ...(await deps.names(facts)) }
    const outcome = await work(context)
    return { report: report.build({ ...head, outcome }), error: report.failure }
  } catch (error) {
    const known = asToolkitError(error)
    if (known.reason === 'internal' && error instanceof Error)
      deps.log.warning(`This is a bug in matrix-auth-actions: ${error.stack ?? error.message}`)
    report.failure = known
    const outcome = known.reason === 'outcome-unknown' ? 'unknown' : 'abandoned'
    return { report: report.build({ ...head, outcome }), error: known }
  } finally {
    await release?.()
  }
}

/** Runs one part of the preparation, with its duration in the report. Throws where the job was cancelled or the lock was lost. */
export async function timed<T>({ deps, report }: Context, name: Step, work: () => Promise<T>): Promise<T> {
  const tell = (event: StepEvent['event']) => deps.log.step?.({ event, step: steps[name] })
  if (deps.log.step) tell('begin')
  else deps.log.info(`${steps[name]} …`)
  const from = deps.clock.now().getTime()
  const took = () => seconds(deps.clock.now().getTime() - from)
  try {
    const result = await work()
    report.steps.push({ name, seconds: took(), result: 'done' })
    tell('done')
    return result
  } catch (error) {
    report.steps.push({ name, seconds: took(), result: 'failed' })
    tell('failed')
    throw error
  }
}

/** A failure is a warning. */
export async function attempt(
  { report, deps }: Context,
  what: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    const warning = `${what}: ${error instanceof ToolkitError ? error.message : 'an unexpected error'}`
    report.warnings.push(warning)
    deps.log.warning(warning)
  }
}

export function asToolkitError(error: unknown): ToolkitError {
  if (error instanceof ToolkitError) return error
  return new ToolkitError({
    reason: 'internal',
    what: `Unexpected error: ${error instanceof Error ? error.message : 'no message'}`,
    remedy: 'Report this as a bug, with the log.',
    cause: error,
  })
}
