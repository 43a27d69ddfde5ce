import { type JournalEntry, latestRun, summarizeEntries } from '../../domain/journal.ts'
import { ToolkitError } from '../../support/errors.ts'
import { Heartbeat } from '../journal/heartbeat.ts'
import { JournalWriter, readJournal } from '../journal/journal.ts'
import { backupFolder } from './backup.ts'
import type { Context, Deps, Options } from './context.ts'
import type { ReportBuilder } from './report-builder.ts'

/** A server whose lock this run holds, with its journal open for writing. */
export interface Held {
  readonly context: Context
  readonly journal: JournalWriter
  readonly heartbeat: Heartbeat
}

/**
 * Takes the server's lock and keeps it alive; `check` receives the journal as it is under the lock.
 * @throws ToolkitError `lock-held` while another run is alive, or what `check` throws; the lock is released then.
 */
export async function takeLock(
  deps: Deps,
  options: Options,
  run: string,
  report: ReportBuilder,
  check: (entries: readonly JournalEntry[]) => void = () => {},
): Promise<Held> {
  const facts = await deps.probe()
  const { names, secrets } = await deps.names(facts)
  await deps.guard.install()
  await deps.guard.acquire(options.owner, run, options.leaseSeconds)
  const heartbeat = new Heartbeat(deps.guard, deps.clock, options.leaseSeconds, options.heartbeatMs)
  heartbeat.start()
  try {
    await deps.guard.configure(names, backupFolder(run))
    const entries = await readJournal(deps.session)
    check(entries)
    const journal = new JournalWriter(deps.session, deps.guard, deps.clock, run, entries.length + 1)
    return { context: { deps, options, run, report, facts, names, secrets }, journal, heartbeat }
  } catch (error) {
    await heartbeat.stop()
    await deps.guard.release()
    throw error
  }
}

/**
 * Takes the lock, and writes the journal entry that begins a run.
 * @throws ToolkitError `refused-state` where an earlier run is unfinished, or as `takeLock`.
 */
export async function begin(deps: Deps, options: Options, run: string, report: ReportBuilder): Promise<Held> {
  const held = await takeLock(deps, options, run, report, entries => {
    const { state } = summarizeEntries(entries)
    if (state === 'unfinished' || state === 'proven')
      throw unfinished(deps.session.host, latestRun(entries).at(-1)?.step)
  })
  try {
    await held.journal.add({ event: 'begin', data: { owner: options.owner, dialect: options.dialect } })
    return held
  } catch (error) {
    await releaseLock(held)
    throw error
  }
}

export async function releaseLock({ context, heartbeat }: Held): Promise<void> {
  await heartbeat.stop()
  await context.deps.guard.release()
}

function unfinished(host: string, step: string | undefined): ToolkitError {
  return new ToolkitError({
    kind: 'refused',
    reason: 'refused-state',
    what: `An earlier migration of this server is unfinished${step ? ` (last step: ${step})` : ''}.`,
    where: host,
    remedy: 'Run migrate with operation: resume.',
  })
}
