import { type JournalEntry, kindOf, outcomeOf, type RunKind } from '../../domain/journal.ts'
import type { MigrationReport } from '../../domain/reports.ts'
import type { ServerFacts } from '../../domain/server-facts.ts'
import { ToolkitError } from '../../support/errors.ts'
import { actualStage } from '../plan/actual-stage.ts'
import type { Deps, Options } from './context.ts'
import { finish } from './finish.ts'
import { ReportBuilder } from './report-builder.ts'
import { asToolkitError, type MigrationResult } from './under-lock.ts'
import { reportWindow, watch } from './watch.ts'
import { failureOf } from './window-run.ts'

/** Makes the server end its unfinished run, and reports how it ended. A migration that the server proved is finished. */
export async function resume(
  deps: Deps,
  options: Options,
  run: string,
  signal: AbortSignal,
): Promise<MigrationResult> {
  const report = new ReportBuilder()
  const startedAt = deps.clock.now().toISOString()
  const { host } = deps.session
  const head = { host, dialect: options.dialect, operation: 'resume', run, startedAt } as const
  const { maxDowntime = 900 } = options
  // An open run may have changed the server before, so without its end the outcome is unknown.
  let outcome: MigrationReport['outcome'] = 'unknown'
  try {
    const entries = await watch(deps, { run, maxDowntime, start: () => deps.window.resume(run) }, signal)
    const ended = reportWindow(report, entries, host) ?? 'unknown'
    const facts = await deps.probe()
    requireStage(entries, facts)
    outcome = ended
    if (outcome === 'migrated') {
      await finish({ deps, options, run, report, facts, ...(await deps.names(facts)) })
    }
    const resumed = kindOf(entries)
    const failure = failureOf(
      entries,
      host,
      `manually start the workflow that runs migrate, with operation: ${operationOf(resumed)}`,
    )
    return { report: report.build({ ...head, ...(resumed && { resumed }), outcome }, failure?.describe()) }
  } catch (error) {
    const known: ToolkitError = asToolkitError(error)
    return { report: report.build({ ...head, outcome }, known.describe()), error: known }
  }
}

/** Before the run was resumed, somebody can have changed the server by hand. */
function requireStage(entries: readonly JournalEntry[], facts: ServerFacts): void {
  const outcome = outcomeOf(entries)
  if (outcome === undefined || outcome === 'abandoned') return
  const isLive = outcome === 'migrated' || (outcome === 'restored' && kindOf(entries) === 'rollback')
  const { stage, why } = actualStage(facts)
  if (isLive ? stage === 'live' : facts.synapse.delegating === 'no') return
  throw new ToolkitError({
    reason: 'refused-state',
    what: `By its journal the run ended as ${outcome}, but the stage of the server is ${stage}. ${why} Something else changed the server.`,
    where: facts.host,
    remedy: 'Find out who or what changed it. docs/stages.md says what can be done in this stage.',
  })
}

/** The input that starts such a run. */
function operationOf(kind: RunKind | undefined): string {
  return kind === 'repair' ? 'rollback' : (kind ?? 'migrate')
}
