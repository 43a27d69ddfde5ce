import type { Outcome } from '../../domain/journal.ts'
import { stateFolder } from '../../server/window/window.ts'
import { ToolkitError } from '../../support/errors.ts'
import { lossList } from './accounts.ts'
import type { Context, Deps } from './context.ts'
import { timed } from './under-lock.ts'
import { failureIn, reportWindow, UnknownOutcome, watch } from './watch.ts'
import { type WindowWork, windowPlan } from './window-plan.ts'

/**
 * Hands the window over to the server and watches it. Until the commit a failure or a cancelled job removes what was prepared.
 * @throws ToolkitError before the commit; `UnknownOutcome` after it.
 */
export async function runWindow(
  context: Context,
  work: WindowWork,
  signal: AbortSignal,
): Promise<Outcome | undefined> {
  const { deps, run } = context
  const { window } = deps
  try {
    await timed(
      context,
      { name: 'prepare', what: 'Copy the program and its files to the server' },
      async () => window.prepare(run, await windowPlan(context, work)),
    )
    if (signal.aborted) throw cancelled(deps.session.host)
    const { maxDowntime } = work
    const entries = await watch(deps, { run, maxDowntime, start: () => commit(deps, run) }, signal)
    const outcome = reportWindow(context.report, entries, deps.session.host)
    const reason = failureIn(entries)
    if (reason !== undefined) context.report.failure = restored(context, reason, outcome)
    await readToolOutput(context).catch(() =>
      context.report.warnings.push('The output of syn2mas could not be read from the server.'),
    )
    return outcome
  } catch (error) {
    if (!(error instanceof UnknownOutcome)) await window.discard(run).catch(() => undefined)
    throw error
  }
}

/** A failure can come after the server has started the run, such as a time limit of the call. */
async function commit({ window }: Pick<Deps, 'window'>, run: string): Promise<void> {
  try {
    await window.commit(run)
  } catch (error) {
    const { open, last } = await window.facts()
    if (open !== run && last?.run !== run) throw error
  }
}

/** The output of syn2mas in the migration itself, for the report. */
async function readToolOutput({ deps, run, report, names }: Context): Promise<void> {
  const output = await deps.session.readFile(`${stateFolder}/output/${run}`)
  if (output === undefined) return
  const { findings, lastLines } = deps.judge(report.syn2masExitCode ?? 0, output.toString('utf8'))
  report.found(findings.map(finding => ({ ...finding, host: names.host })))
  report.toolOutput = { ...report.toolOutput, migration: lastLines }
}

function restored({ deps, report }: Context, reason: string, outcome: Outcome | undefined): ToolkitError {
  const abandoned = outcome === 'abandoned'
  const lost = lossList(report.lost ?? {})
  return new ToolkitError({
    kind: 'server',
    reason: abandoned ? 'server-command-failed' : 'restored',
    what: `The run failed on the server: ${reason}.`,
    where: deps.session.host,
    meaning: abandoned
      ? 'Nothing was changed for users.'
      : `The server is in its previous state, with all its accounts and sessions.${lost === '' ? '' : ` What users did in MAS before the restore is lost: ${lost}.`}`,
    remedy: abandoned
      ? 'Fix the cause, then rerun the workflow.'
      : 'Fix the cause, then rerun the workflow. Until then, restore the lines listed in the job summary before you deploy anything else.',
  })
}

export function cancelled(host: string): ToolkitError {
  return new ToolkitError({
    kind: 'refused',
    reason: 'cancelled',
    what: 'The job was cancelled before anything was changed for users.',
    where: host,
    remedy: 'Rerun the workflow.',
  })
}
