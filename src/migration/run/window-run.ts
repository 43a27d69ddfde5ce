import { type JournalEntry, kindOf, outcomeOf, type RunKind } from '../../domain/journal.ts'
import type { MigrationReport } from '../../domain/reports.ts'
import { inProgressVariable } from '../../domain/variables.ts'
import { readSyn2mas } from '../../mas/output/syn2mas-output.ts'
import { stateFolder } from '../../server/window/window.ts'
import { ToolkitError } from '../../support/errors.ts'
import { number } from '../../support/json.ts'
import { masStarter, notLater } from '../rehearsal/later.ts'
import type { Context, Deps } from './context.ts'
import { timed } from './under-lock.ts'
import { failedEntry, reasonOf, reportWindow, watch } from './watch.ts'
import { type WindowWork, windowPlan } from './window-plan.ts'

/**
 * Hands the window over to the server and watches it. Until the commit a failure or a cancelled job removes what was prepared.
 * @throws ToolkitError; `outcome-unknown` only after the commit.
 */
export async function runWindow(
  context: Context,
  work: WindowWork,
  signal: AbortSignal,
): Promise<MigrationReport['outcome']> {
  const { deps, run } = context
  const { window } = deps
  try {
    // Of a rehearsal whose runner was killed. Nothing may start MAS while its accounts are written or removed.
    await notLater(deps.session, masStarter)
    await timed(context, 'prepare', async () => window.prepare(run, await windowPlan(context, work)))
    if (signal.aborted) throw cancelled(deps.session.host)
    const { maxDowntime } = work
    const entries = await watch(deps, { run, maxDowntime, start: () => commit(deps, run) }, signal)
    context.report.failure = failureOf(entries, deps.session.host, 'run it again')
    return await reportRun(context, entries)
  } catch (error) {
    const isRunning = error instanceof ToolkitError && error.reason === 'outcome-unknown'
    if (!isRunning) await window.discard(run).catch(() => undefined)
    throw error
  }
}

/** A failure can come after the server has started the run, such as a time limit of the call. */
async function commit({ window, session }: Pick<Deps, 'window' | 'session'>, run: string): Promise<void> {
  try {
    await window.commit(run)
  } catch (error) {
    const { open, last } = await window.facts().catch(cause => {
      // A server without a usable state folder or Python did not start it.
      const isRefused = cause instanceof ToolkitError && cause.reason === 'server-state-unreadable'
      throw isRefused ? error : unknownStart(session.host, cause)
    })
    if (open !== run && last?.run !== run) throw error
  }
}

/** As if the connection was lost: the commit is repeated. */
function unknownStart(host: string, cause: unknown): ToolkitError {
  return new ToolkitError({
    reason: 'server-unreachable',
    what: 'It is unknown whether the server has started the run.',
    where: host,
    remedy: 'Run it again.',
    cause,
  })
}

/** Adds to the report what the server knows of a run that has ended. Returns how it ended. */
export async function reportRun(
  context: Pick<Context, 'deps' | 'options' | 'run' | 'report'>,
  entries: readonly JournalEntry[],
): Promise<MigrationReport['outcome']> {
  const { deps, report } = context
  const outcome = reportWindow(report, entries, deps.session.host)
  await readToolOutput(context, entries).catch(() =>
    report.warnings.push('The output of syn2mas could not be read from the server.'),
  )
  return outcome
}

/** The output of syn2mas in the migration itself, for the report. */
async function readToolOutput(
  {
    deps: { session },
    options: { dialect },
    run,
    report,
  }: Pick<Context, 'deps' | 'options' | 'run' | 'report'>,
  entries: readonly JournalEntry[],
): Promise<void> {
  const stdout = await session.readFile(`${stateFolder}/output/${run}`)
  if (stdout === undefined) return
  const ended = entries.findLast(({ step, data }) => step === 'syn2mas' && data?.exitCode !== undefined)
  const exitCode = number(ended?.data?.exitCode) ?? 0
  const { findings, lastLines } = readSyn2mas({ dialect, exitCode, stdout, stderr: '' })
  // The server decides whether a real run succeeded, by exit code and counts; a missing summary line is no finding.
  const found = findings.filter(({ id }) => id !== 'syn2mas/no-result')
  report.found(found.map(finding => ({ ...finding, host: session.host })))
  report.toolOutput = { ...report.toolOutput, migration: lastLines }
}

/** What a restore means for users, by what the run was to do. */
const restoredState: Readonly<Record<RunKind, string>> = {
  migrate: 'Synapse uses its built-in login again, with the accounts and sessions from before the migration.',
  rollback: 'Users still log in through MAS, with all accounts and sessions.',
  repair: 'Nothing was changed for users.',
}

/** What to do instead of repeating a run that was restored. */
const instead: Readonly<Record<RunKind, string>> = {
  migrate:
    ' To deploy something else first, open a pull request that reverts the migrate pull request; the result says how. Migrate later with another pull request.',
  rollback: ` To roll back with other vars, merge a pull request that sets \`${inProgressVariable}: true\` and restores the other lines that the migrate pull request removed. Then run this again.`,
  repair: '',
}

/** Why the server did not do what the run was to do; undefined where it did. `again` says how to repeat the run. */
export function failureOf(
  entries: readonly JournalEntry[],
  host: string,
  again: string,
): ToolkitError | undefined {
  const failed = failedEntry(entries)
  if (!failed) return undefined
  const isRestored = outcomeOf(entries) !== 'abandoned'
  const kind = kindOf(entries) ?? 'migrate'
  return new ToolkitError({
    reason: isRestored ? 'restored' : 'server-command-failed',
    what: `The run failed on the server: ${reasonOf(failed.data)}.`,
    where: host,
    meaning: isRestored ? restoredState[kind] : 'Nothing was changed for users.',
    remedy: `Fix the cause, then ${again}.${isRestored ? instead[kind] : ''}`,
  })
}

export function cancelled(host: string): ToolkitError {
  return new ToolkitError({
    reason: 'cancelled',
    what: 'The run was cancelled before anything was changed for users.',
    where: host,
    remedy: 'Run it again.',
  })
}
