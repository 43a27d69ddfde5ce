import { ToolkitError } from '../support/errors.ts'
import type { ServerSession } from './session.ts'

/** psql in the playbook's own PostgreSQL container, by its socket, as its superuser. */
const psql = [
  ...['docker', 'exec', '-i', '--env-file=/matrix/postgres/env-postgres-psql', 'matrix-postgres'],
  ...['psql', '-h', '/run/postgresql', '-v', 'ON_ERROR_STOP=1', '-qAt', '-d'],
]

/**
 * Runs SQL, given on standard input, in a database of the playbook's own PostgreSQL; returns the rows as psql prints them
 * unaligned, without the last newline.
 * @throws ToolkitError `server-state-unreadable` with psql's first line of error, which holds no value of ours: no SQL
 *   given here may carry a secret in a literal.
 */
export async function querySql(session: ServerSession, database: string, sql: string): Promise<string> {
  const result = await session.run([...psql, database], { input: `${sql}\n`, timeoutMs: 120_000 })
  if (result.code === 0) return result.stdout.replace(/\n$/, '')
  const said = result.stderr.split('\n').find(line => /error|fatal|cannot|no such/i.test(line)) ?? ''
  throw new ToolkitError({
    kind: 'server',
    reason: 'server-state-unreadable',
    what: `PostgreSQL did not answer about the database ${database}${said === '' ? '' : `: ${said.trim()}`}`,
    where: session.host,
    remedy:
      'Check that matrix-postgres runs on the server (systemctl status matrix-postgres), then run this again.',
  })
}
