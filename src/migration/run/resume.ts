import { type JournalEntry, kindOf, outcomeOf, type RunKind } from '../../domain/journal.ts'
import type { MigrationReport } from '../../domain/reports.ts'
import { lastRunIn, type ServerFacts } from '../../domain/server-facts.ts'
import { startOperation } from '../../domain/start-apply.ts'
import { ToolkitError } from '../../support/errors.ts'
import { actualStage } from '../plan/actual-stage.ts'
import { doubtAbout } from '../plan/since-last-run.ts'
import type { Deps, Options } from './context.ts'
import { finish } from './finish.ts'
import { ReportBuilder } from './report-builder.ts'
import { startOf } from './run-name.ts'
import { asToolkitError, type MigrationResult } from './under-lock.ts'
import { watch } from './watch.ts'
import { failureOf, reportRun } from './window-run.ts'

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
    const ended = await reportRun({ deps, options, run, report }, entries)
    const facts = await deps.probe()
    requireStage(run, entries, facts)
    outcome = ended
    if (outcome === 'migrated') {
      await finish({ deps, options, run, report, facts, ...(await deps.names(facts)) })
    }
    const resumed = kindOf(entries)
    report.failure = failureOfEnded(entries, host)
    return { report: report.build({ ...head, ...(resumed && { resumed }), outcome }) }
  } catch (error) {
    report.failure = asToolkitError(error)
    return { report: report.build({ ...head, outcome }), error: report.failure }
  }
}

/**
 * Reports a run that the server ended by itself, as the job of that run would have. Reads only. `finish` is not repeated: the run
 * can be weeks old, or its job finished it. Its checks are of the server as it is now, which is the doctor's task, and would stand
 * below the proofs of that day. Creating accounts is not what a person expects who wants to see a report.
 * @param facts Of the server now.
 */
export async function reportEnded(
  deps: Deps,
  options: Options,
  run: string,
  facts: ServerFacts,
): Promise<MigrationResult> {
  const report = new ReportBuilder()
  const { host } = deps.session
  const entries: JournalEntry[] = []
  await deps.window.follow(run, 0, entry => void entries.push(entry))
  const kind = kindOf(entries)
  const startedAt = startOf(run).toISOString()
  const head = { host, dialect: options.dialect, operation: kind ?? 'resume', run, startedAt } as const
  const outcome = await reportRun({ deps, options, run, report }, entries)
  report.warnings.push(endedBefore(entries))
  try {
    requireStage(run, entries, facts)
    report.failure = failureOfEnded(entries, host)
    return { report: report.build({ ...head, outcome }) }
  } catch (error) {
    report.failure = asToolkitError(error)
    return { report: report.build({ ...head, outcome: 'unknown' }), error: report.failure }
  }
}

/** What this report is, and what it does not have. */
function endedBefore(entries: readonly JournalEntry[]): string {
  const end = entries.find(({ event }) => event === 'end')
  return [
    `This run had ended before${end ? `, at ${end.at}` : ''}. This report comes from its journal on the server, which does not contain the preparation.`,
    'To see whether the server works now, use status and doctor.',
    ...(outcomeOf(entries) === 'migrated' ? [notFinished] : []),
  ].join(' ')
}

const notFinished =
  'The steps after a migration were not repeated. If they never ran, run the action deploy, then the action doctor.'

function failureOfEnded(entries: readonly JournalEntry[], host: string): ToolkitError | undefined {
  const again = startOperation(operationOf(kindOf(entries)))
  return failureOf(entries, host, again)
}

/** Since the run was started, somebody can have changed the server by hand. */
function requireStage(run: string, entries: readonly JournalEntry[], facts: ServerFacts): void {
  const doubt = doubtAbout(lastRunIn(run, entries), facts)
  if (doubt === undefined) return
  throw new ToolkitError({
    reason: 'refused-state',
    what: `${doubt} ${actualStage(facts).why}`,
    where: facts.host,
    remedy: 'Find out what changed the server. docs/stages.md says what you can do in this stage.',
  })
}

/** The input that starts such a run. */
function operationOf(kind: RunKind | undefined): string {
  return kind === 'repair' ? 'rollback' : (kind ?? 'migrate')
}
