import type { ToolkitError } from '../../support/errors.ts'
import type { Deps, Options } from './context.ts'
import { finish } from './finish.ts'
import { ReportBuilder } from './report-builder.ts'
import { asToolkitError, type MigrationResult } from './under-lock.ts'
import { reportWindow, UnknownOutcome, watch } from './watch.ts'

/** Has the server end its open run, and reports how it ended. A migration that the server proved is finished. */
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
  try {
    await deps.window.resume(run)
    const entries = await watch(deps, run, options.maxDowntime ?? 900, signal)
    const outcome = reportWindow(report, entries, host) ?? 'unknown'
    if (outcome === 'migrated') {
      const facts = await deps.probe()
      await finish({ deps, options, run, report, facts, ...(await deps.names(facts)) })
    }
    const reason = entries.find(({ event }) => event === 'failed')?.data?.reason
    return { report: report.build({ ...head, outcome }, typeof reason === 'string' ? reason : undefined) }
  } catch (error) {
    const known: ToolkitError = asToolkitError(error)
    const outcome = known instanceof UnknownOutcome ? 'unknown' : 'abandoned'
    return { report: report.build({ ...head, outcome }, known.describe()), error: known }
  }
}
