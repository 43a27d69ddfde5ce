import { runOrThrow } from '../../server/run-or-throw.ts'
import backupScript from '../../server/scripts/backup.sh'
import type { Server } from '../../server/server.ts'
import type { ServerSession } from '../../server/session.ts'
import { stateFolder } from '../../server/window/window.ts'
import { ToolkitError } from '../../support/errors.ts'
import { failureLine } from '../../support/lines.ts'
import type { Context } from './context.ts'
import { isRunName } from './run-name.ts'
import { attempt } from './under-lock.ts'

/** Users do not notice a backup, so a large one may take its time. */
const longestBackupMs = 3 * 3_600_000

/**
 * Takes the backup and reads it back, then removes old ones: also of a run that fails later, or whose runner is lost. Throws where
 * a dump cannot be listed, or the operator's backup is missing or too old.
 */
export async function takeBackup(context: Context): Promise<void> {
  const { deps, names, run, options } = context
  const { session } = deps
  const { kind } = options.backup
  if (options.backup.kind === 'external') await checkExternal(session, options.backup)
  const folder = `${stateFolder}/backup/${run}`
  const result = await session.run(
    [
      ...['bash', '-c', backupScript, 'backup', folder, kind === 'full' ? 'full' : 'auth'],
      ...[names.synapseDatabase, names.masDatabase],
    ],
    { timeoutMs: longestBackupMs },
  )
  if (result.code !== 0) {
    throw new ToolkitError({
      reason: 'server-command-failed',
      what: `The backup failed (exit code ${result.code}): ${failureLine(result.stderr)}`,
      where: `${session.host}:${folder}`,
      remedy: 'Check the disk and PostgreSQL on the server, then run this again.',
    })
  }
  await attempt(context, 'Old backups could not be removed', async () => {
    const removed = await removeOldBackups(deps, run, options.keepBackups)
    if (removed !== undefined) deps.log.info(removed)
  })
}

/**
 * Removes the backups of all runs but the newest `keep`, `run`, and the migration that is live. Not while a run is open, which may
 * need its own.
 * @returns what was removed, as a sentence for the log; undefined where nothing was.
 */
export async function removeOldBackups(
  { session, window }: Pick<Server, 'session' | 'window'>,
  run: string,
  keep: number,
): Promise<string | undefined> {
  const { backups, open, migration } = await window.facts()
  if (open !== undefined) return undefined
  const old = backups
    .filter(isRunName)
    .sort()
    .slice(0, -keep)
    .filter(name => name !== run && name !== migration?.run)
  if (old.length === 0) return undefined
  const script = ['bash', '-c', removeScript, 'remove', `${stateFolder}/backup`, ...old]
  const kilobytes = Number(await runOrThrow(session, script))
  return `Removed old backups (${(kilobytes / 1024).toFixed(1)} MiB): ${old.join(', ')}. The newest ${keep} stay.`
}

const removeScript = `set -euo pipefail
cd -- "$1"
shift
du -sk -- "$@" | awk '{ sum += $1 } END { print sum }'
rm -rf --one-file-system -- "$@"`

async function checkExternal(
  session: ServerSession,
  { path, maxAgeHours }: { path: string; maxAgeHours: number },
): Promise<void> {
  const result = await session.run(['bash', '-c', 'stat -c "%Y %s" -- "$1" && date +%s', 'stat', path])
  const [modified = 0, size = 0, now = 0] = result.stdout.split(/\s+/).map(Number)
  const ageHours = (now - modified) / 3600
  if (result.code === 0 && size > 0 && ageHours <= maxAgeHours) return
  throw new ToolkitError({
    reason: 'refused-state',
    what:
      result.code === 0
        ? `Your backup is ${size === 0 ? 'empty' : `${ageHours.toFixed(1)} hours old; at most ${maxAgeHours} are allowed`}.`
        : 'Your backup file from `backup-path` does not exist.',
    where: `${session.host}:${path}`,
    remedy: 'Take a new backup, or set `backup: auth`.',
  })
}
