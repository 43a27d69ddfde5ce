import { type JournalEntry, latestRun, summarizeEntries } from '../../domain/journal.ts'
import { curlConfig } from '../../server/http.ts'
import type { ToolkitError } from '../../support/errors.ts'
import { type JournalWriter, readJournal } from '../journal/journal.ts'
import { canaryNames, retireAbandoned } from './canary.ts'
import { type Context, type Deps, type Options, reportHead } from './context.ts'
import { type Held, releaseLock, takeLock } from './lock.ts'
import { asToolkitError, type MigrationResult, newRun } from './migrate.ts'
import { ReportBuilder, seconds } from './report-builder.ts'
import { canaryContext, finish } from './steps.ts'

export interface Recovered extends MigrationResult {
  /** Whether the interrupted run was a rollback that had begun to switch back: no migration follows then. */
  readonly wasRollback: boolean
}

/**
 * Closes an interrupted run, by the journal on the server. A proven migration is finished. If Synapse's stop had begun, the
 * server returns to Synapse's built-in login. If nothing had changed for users, it stays so (outcome `abandoned`).
 */
export async function recover(deps: Deps, options: Options): Promise<Recovered> {
  const report = new ReportBuilder()
  const entries = await readJournal(deps.session)
  const last = latestRun(entries)
  const { state, run = 'none' } = summarizeEntries(entries)
  const head = reportHead(deps, options, 'resume', run)
  if (state !== 'unfinished' && state !== 'proven') {
    report.warnings.push('The journal on the server shows no unfinished migration.')
    return { report: report.build({ ...head, outcome: 'abandoned' }), wasRollback: false }
  }
  const wasRollback = hasBegun(last, 'switch-back')
  let held: Held | undefined
  try {
    held = await takeLock(deps, options, run, report)
    const { context, journal } = held
    const outcome =
      state === 'proven'
        ? await complete(context, journal, last)
        : wasRollback || hasBegun(last, 'stop')
          ? await returnToBuiltInLogin(context, journal, last)
          : await abandon(context, journal, last)
    await releaseLock(held)
    return { report: report.build({ ...head, outcome }), wasRollback }
  } catch (error) {
    await held?.heartbeat.stop()
    const known: ToolkitError = asToolkitError(error)
    const failure = report.build({ ...head, outcome: 'failed' }, known.describe())
    return { report: failure, error: known, wasRollback }
  }
}

async function complete(
  context: Context,
  journal: JournalWriter,
  entries: readonly JournalEntry[],
): Promise<'migrated'> {
  await finish(context, canaryUsers(entries))
  await journal.add({ event: 'end', outcome: 'migrated' })
  return 'migrated'
}

function hasBegun(entries: readonly JournalEntry[], step: string): boolean {
  return entries.some(entry => entry.event === 'step-begin' && entry.step === step)
}

async function abandon(
  context: Context,
  journal: JournalWriter,
  entries: readonly JournalEntry[],
): Promise<'abandoned'> {
  const { deps, facts } = context
  await deps.guard.at('uninstall')
  // A rehearsal with the 2024 playbook stops MAS, and may have been interrupted before it started MAS again.
  if (facts.mas.installed && !facts.mas.container)
    await deps.guard.run(['systemctl', 'start', '--no-block', facts.mas.name])
  await retire(context, canaryUsers(entries))
  await journal.add({ event: 'end', outcome: 'abandoned' })
  return 'abandoned'
}

async function returnToBuiltInLogin(
  context: Context,
  journal: JournalWriter,
  entries: readonly JournalEntry[],
): Promise<'rolled-back'> {
  const { deps, names, report, facts } = context
  const from = deps.clock.now().getTime()
  await journal.add({ event: 'undo-begin', step: 'stop' })
  // A rollback may have been interrupted between its journal entry and its first change.
  const isLive = hasBegun(entries, 'switch-back') && facts.synapse.delegating !== 'no'
  await deps.guard.at(isLive ? 'go_back' : 'restore')
  await deps.guard.awaitHttp(180, 200, curlConfig({ url: `${names.synapseUrl}/_matrix/client/v3/login` }))
  await deps.guard.at('uninstall')
  report.steps.push({ name: 'stop', seconds: seconds(deps.clock.now().getTime() - from), result: 'undone' })
  const users = canaryUsers(entries)
  await retire(context, users)
  await journal.add({ event: 'undo-done', step: 'stop' }, { event: 'end', outcome: 'rolled-back' })
  return 'rolled-back'
}

/** Their passwords and tokens are lost, so a new test administrator deactivates them, and itself. */
async function retire(context: Context, users: readonly string[]): Promise<void> {
  if (users.length === 0) return
  const left = await retireAbandoned(canaryContext(context), newRun(), users).catch(() => users)
  if (left.length > 0)
    context.report.warnings.push(`Deactivate these accounts in Synapse manually: ${left.join(', ')}.`)
}

/** They are named after the run, so they are known even if the step was interrupted before it wrote them down. */
function canaryUsers(entries: readonly JournalEntry[]): readonly string[] {
  const begun = entries.find(entry => entry.event === 'step-begin' && entry.step === 'canary')
  return begun ? canaryNames(begun.run) : []
}
