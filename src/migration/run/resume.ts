import { kindOf, type RunKind } from '../../domain/journal.ts'
import type { MigrationReport } from '../../domain/reports.ts'
import type { ToolkitError } from '../../support/errors.ts'
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
    outcome = reportWindow(report, entries, host) ?? 'unknown'
    if (outcome === 'migrated') {
      const facts = await deps.probe()
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

/** The input that starts such a run. */
function operationOf(kind: RunKind | undefined): string {
  return kind === 'repair' ? 'rollback' : (kind ?? 'migrate')
}
