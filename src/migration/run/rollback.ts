import { lossTexts, lostSessions } from '../../domain/losses.ts'
import { startOperation } from '../../domain/start-apply.ts'
import type { WindowFile } from '../../server/window/plan.ts'
import { ToolkitError } from '../../support/errors.ts'
import { lossesSince } from './accounts.ts'
import { takeBackup } from './backup.ts'
import type { Context, Deps, Options } from './context.ts'
import { checkFileSet } from './fileset.ts'
import { lookFromOutside } from './finish.ts'
import { requireBackupSpace } from './preflight.ts'
import { type MigrationResult, timed, underLock } from './under-lock.ts'
import { windowFiles } from './window-plan.ts'
import { runWindow } from './window-run.ts'

/** Seconds. Nothing but a restart happens in the window of a rollback. */
const defaultMaxDowntime = 180

/**
 * Rolls a live server back to Synapse's built-in login, at any time after its migration, by the same program as a migration.
 * Changes that users made in MAS since are lost and counted; a backup of all of MAS is taken first.
 * `deps.renderPresent()` must use vars in stage prepared.
 */
export function rollBack(deps: Deps, options: Options, signal: AbortSignal): Promise<MigrationResult> {
  return underLock(deps, options, 'rollback', async context => {
    const { report, facts } = context
    if (!facts.ours.migration) report.warnings.push(noRecord)
    await timed(context, 'losses', () => requireConfirmation(context))
    await timed(context, 'backup', () => backUp(context))
    const files = await timed(context, 'previous-files', () => filesOfBefore(context))
    // Users go on while the backup is taken and the playbook renders.
    await requireConfirmation(context)
    const { maxDowntime = defaultMaxDowntime } = options
    const outcome = await runWindow(context, { kind: 'rollback', files, maxDowntime }, signal)
    if (outcome === 'rolled-back') await lookFromOutside(context)
    return outcome
  })
}

/** Removes a copy of the accounts that never went live from MAS's database. Synapse keeps running, with its built-in login. */
export function repair(deps: Deps, options: Options, signal: AbortSignal): Promise<MigrationResult> {
  return underLock(deps, options, 'repair', async context => {
    await timed(context, 'backup', () => backUp(context))
    const work = { kind: 'repair', files: [], maxDowntime: defaultMaxDowntime } as const
    return runWindow(context, work, signal)
  })
}

/** There is no preflight before it. */
async function backUp(context: Context): Promise<void> {
  await requireBackupSpace(context)
  await takeBackup(context)
}

/**
 * The files that the migration replaced, if they still fit; otherwise those that the playbook would install for stage
 * prepared. The server's own have all that the migrating change removed from the vars.
 */
async function filesOfBefore(context: Context): Promise<readonly WindowFile[]> {
  const { migration } = context.facts.ours
  if (!migration) return rendered(context)
  try {
    return await context.deps.window.mirror(migration.run)
  } catch (error) {
    if (!(error instanceof ToolkitError) || error.reason !== 'server-command-failed') throw error
    context.report.warnings.push(
      `The saved files from before the migration cannot be used, so the playbook renders new ones. Reason: ${error.message}`,
    )
    return rendered(context)
  }
}

async function rendered(context: Context): Promise<readonly WindowFile[]> {
  const older = await ofLastPrepared(context)
  if (older) return older
  const files = await context.deps.renderPresent()
  checkFileSet(files, 'rollback', context.facts.host)
  return windowFiles(files)
}

/** Undefined where there are no such vars, or they do not fit this server any more. */
async function ofLastPrepared({ deps, facts, report }: Context): Promise<readonly WindowFile[] | undefined> {
  try {
    const older = await deps.renderLastPrepared()
    if (!older) return undefined
    checkFileSet(older.files, 'rollback', facts.host)
    report.warnings.push(
      `The files of Synapse are from the vars of commit ${older.commit}, the last ones in stage prepared. The next deployment applies later changes of the vars again.`,
    )
    return windowFiles(older.files)
  } catch (error) {
    if (!(error instanceof ToolkitError) || error.reason === 'cancelled') throw error
    report.warnings.push(`The last vars in stage prepared cannot be used. Reason: ${error.message}`)
    return undefined
  }
}

const noRecord =
  'The server has no record of the migration. So everything in MAS is counted as lost, including what Synapse already had before the migration.'

/** Counts what was created or changed in MAS since the migration, or in all of MAS where its time is unknown. */
async function requireConfirmation({ deps, names, facts, report, options }: Context): Promise<void> {
  const { confirmLostSessions } = options
  const earlier = report.lost
  const lost = await lossesSince(deps.sql, names.masDatabase, facts.ours.migration)
  report.lost = lost
  // Clients refresh their tokens all the time, also while the backup is taken: that must not refuse a rollback which was confirmed.
  const counted = { ...lost, ...(earlier && { refreshedSessions: earlier.refreshedSessions ?? 0 }) }
  const sessions = lostSessions(counted)
  const isNothing = Object.values(counted).every(count => count === 0)
  // A new account, a changed password or a lock is no session, but nobody may lose one unasked.
  if (isNothing || confirmLostSessions === 'any') return
  if (confirmLostSessions > 0 && sessions <= confirmLostSessions) return
  throw new ToolkitError({
    reason: 'refused-state',
    what: `The rollback would discard these changes that users made in MAS: ${lossTexts(lost).join(', ')}.`,
    where: facts.host,
    remedy: `To continue, ${startOperation(`rollback and confirm-lost-sessions: ${Math.max(sessions, 1)}`)}. This is a maximum for the sessions, and it accepts the other changes, too. The number grows while people use the server. \`any\` accepts every number.`,
  })
}
