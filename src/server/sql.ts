import { ToolkitError } from '../support/errors.ts'
import { failureLine } from '../support/lines.ts'
import { postgresUnit } from './names.ts'
import type { ServerSession } from './session.ts'

/** psql in the playbook's PostgreSQL container, over its socket, as superuser. */
export const psql = [
  ...['docker', 'exec', '-i', '--env-file=/matrix/postgres/env-postgres-psql', postgresUnit],
  ...['psql', '-h', '/run/postgresql', '-v', 'ON_ERROR_STOP=1', '-qAt', '-d'],
]

/**
 * Runs SQL, passed on standard input, in a database of the playbook's PostgreSQL. Returns the rows as psql prints them
 * unaligned, without the trailing newline.
 * @throws ToolkitError `server-state-unreadable` with psql's error. So the SQL must not contain a secret.
 */
export async function querySql(session: ServerSession, database: string, sql: string): Promise<string> {
  const result = await session.run([...psql, database], { input: `${sql}\n`, timeoutMs: 120_000 })
  if (result.code === 0) return result.stdout.replace(/\n$/, '')
  const detail = failureLine(result.stderr)
  throw new ToolkitError({
    reason: 'server-state-unreadable',
    what: `A query in the database ${database} failed${detail === '' ? '' : `: ${detail}`}`,
    where: session.host,
    remedy: 'Run on the server: `systemctl status matrix-postgres`. Fix the cause, then run this again.',
  })
}
