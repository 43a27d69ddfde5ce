import { curlConfig } from '../../server/http.ts'
import { runOrThrow } from '../../server/run-or-throw.ts'
import { ToolkitError } from '../../support/errors.ts'
import { record } from '../../support/json.ts'
import { type JournalWriter, readJournal } from '../journal/journal.ts'
import { takeBackup } from './backup.ts'
import { type Context, type Deps, type Options, reportHead } from './context.ts'
import { storeFileSet } from './fileset.ts'
import { begin, type Held } from './lock.ts'
import { asToolkitError, type MigrationResult, newRun } from './migrate.ts'
import { ReportBuilder, seconds } from './report-builder.ts'

/**
 * Rolls a live server back to Synapse's built-in login, at any time after its migration. Changes that users made in MAS since
 * are lost and counted; a backup of all of MAS is taken first. `deps.render('present')` must use vars in stage prepared.
 */
export function rollBack(deps: Deps, options: Options): Promise<MigrationResult> {
  const progress = { switching: false }
  return underLock(deps, options, progress, async (context, journal) => {
    const { run, names, report } = context
    await timed(context, 'backup', async () => {
      report.lost = await countLosses(context)
      await takeBackup(deps.session, names, run, options.backup, undefined)
    })
    await timed(context, 'render', async () => prepareRollback(context))
    await timed(context, 'guard', async () => {
      await deps.guard.at('hold_install')
      await deps.guard.at('arm')
    })
    progress.switching = true
    await journal.add({ event: 'step-begin', step: 'switch-back' })
    await timed(context, 'switch-back', async () => switchBack(context))
    await deps.guard.at('uninstall')
    await journal.add({ event: 'step-done', step: 'switch-back' })
  })
}

/** Removes a copy of the accounts that never went live from MAS's database. Synapse keeps running, with its built-in login. */
export function repair(deps: Deps, options: Options): Promise<MigrationResult> {
  const repairing = (context: Context) => timed(context, 'repair', async () => emptyMas(context))
  return underLock(deps, options, { switching: false }, repairing)
}

interface Progress {
  /** From here on Synapse may be down, and the guard is armed. */
  switching: boolean
}

async function underLock(
  deps: Deps,
  options: Options,
  progress: Progress,
  work: (context: Context, journal: JournalWriter) => Promise<void>,
): Promise<MigrationResult> {
  const run = newRun()
  const report = new ReportBuilder()
  const head = reportHead(deps, options, 'rollback', run)
  try {
    const begun = await begin(deps, options, run, report)
    const { context, journal, heartbeat } = begun
    try {
      await work(context, journal)
      await journal.add({ event: 'end', outcome: 'rolled-back' })
    } catch (error) {
      if (!progress.switching) await abandon(begun)
      throw error
    } finally {
      await heartbeat.stop()
    }
    await deps.guard.release().catch(() => undefined)
    return { report: report.build({ ...head, outcome: 'rolled-back' }) }
  } catch (error) {
    const known = asToolkitError(error)
    const outcome = progress.switching ? 'failed' : 'abandoned'
    return { report: report.build({ ...head, outcome }, known.describe()), error: known }
  }
}

/** Nothing has changed for users yet. If this fails too, the guard or the next run cleans up. */
async function abandon({ context, journal }: Held): Promise<void> {
  const { guard } = context.deps
  try {
    await guard.at('uninstall')
    await journal.add({ event: 'end', outcome: 'abandoned' })
    await guard.release()
  } catch (error) {
    const { message } = asToolkitError(error)
    context.report.warnings.push(`The guard could not be removed from the server: ${message}`)
  }
}

async function timed({ deps, report }: Context, name: string, work: () => Promise<void>): Promise<void> {
  const from = deps.clock.now().getTime()
  const took = () => seconds(deps.clock.now().getTime() - from)
  deps.log.info(`${name} …`)
  try {
    await work()
    report.steps.push({ name, seconds: took(), result: 'done' })
  } catch (error) {
    report.steps.push({ name, seconds: took(), result: 'failed' })
    throw error
  }
}

/** Stores the files that the playbook would install in stage prepared as the `before` side. */
async function prepareRollback({ deps, names }: Context): Promise<void> {
  const files = await deps.render('present')
  if (!files.some(file => file.path.endsWith('/homeserver.yaml'))) {
    throw new ToolkitError({
      kind: 'refused',
      reason: 'refused-state',
      what: "The vars for the rollback would not change Synapse's homeserver.yaml, so Synapse would still delegate to MAS.",
      where: names.host,
      remedy: 'Set matrix_authentication_service_migration_in_progress: true in these vars.',
    })
  }
  await storeFileSet(deps.session, files)
  // The guard restores the `before` side, so the new files must be there.
  const swap = 'cd /matrix/auth-actions && mv before was && mv after before && mv was after && sync -f .'
  await runOrThrow(deps.session, ['bash', '-c', swap])
}

async function switchBack({ deps, names, report }: Context): Promise<void> {
  report.downAt = deps.clock.now().getTime()
  await deps.guard.at('go_back')
  await deps.guard.awaitHttp(180, 200, curlConfig({ url: `${names.clientUrl}/_matrix/client/v3/login` }))
  report.answeredAt = deps.clock.now().getTime()
  report.proofs.push({
    name: 'Synapse uses its built-in login',
    result: 'holds',
    detail: 'its login endpoint returns HTTP 200',
  })
}

async function emptyMas({ deps, run, names, options }: Context): Promise<void> {
  await takeBackup(deps.session, names, run, options.backup, undefined)
  await deps.guard.at('mas_clean')
}

/** Without the test accounts, which are deactivated or locked after the migration. */
const lossesSql = `WITH u AS (SELECT * FROM users WHERE username NOT LIKE 'auth-actions-%'),
 s AS (SELECT compat_sessions.* FROM compat_sessions JOIN u USING (user_id))
SELECT json_build_object(
 'sessions', (SELECT count(*) FROM s WHERE created_at > $SINCE),
 'accounts', (SELECT count(*) FROM u WHERE created_at > $SINCE),
 'passwords', (SELECT count(*) FROM user_passwords p JOIN u USING (user_id) WHERE p.created_at > $SINCE),
 'accountsLocked', (SELECT count(*) FROM u WHERE locked_at > $SINCE),
 'sessionsEnded', (SELECT count(*) FROM s WHERE finished_at > $SINCE),
 'oauthSessions', (SELECT count(*) FROM oauth2_sessions JOIN u USING (user_id) WHERE oauth2_sessions.created_at > $SINCE))`

/** What was created or changed in MAS since the migration: it does not exist for Synapse's built-in login. */
async function countLosses({ deps, names }: Context): Promise<Readonly<Record<string, number>>> {
  const proven = (await readJournal(deps.session)).findLast(entry => entry.event === 'proven')
  const since = proven && !Number.isNaN(Date.parse(proven.at)) ? new Date(proven.at).toISOString() : 'epoch'
  const row = await deps.sql(names.masDatabase, lossesSql.replaceAll('$SINCE', `'${since}'::timestamptz`))
  return Object.fromEntries(
    Object.entries(record(JSON.parse(row))).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number',
    ),
  )
}
