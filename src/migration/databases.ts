import {
  type AccountCounts,
  masCountsSql,
  migratableCountsSql,
  parseCounts,
} from '../domain/account-counts.ts'
import type { ServerSession } from '../server/session.ts'
import { ToolkitError } from '../support/errors.ts'
import type { ServerNames } from './names.ts'

/** Runs SQL in a database of the server; the rows as psql prints them unaligned, without the newline at the end. */
export type Sql = (database: string, text: string) => Promise<string>

/** psql in the server's own PostgreSQL container, by its socket and as its superuser. The SQL goes over standard input. */
export function sqlOn(session: ServerSession, names: ServerNames): Sql {
  return async (database, text) => {
    const result = await session.run(
      [
        ...['docker', 'exec', '-i', '--env-file=/matrix/postgres/env-postgres-psql', names.postgresContainer],
        ...['psql', '-h', '/run/postgresql', '-d', database, '-v', 'ON_ERROR_STOP=1', '-qAt'],
      ],
      { input: `${text}\n`, timeoutMs: 120_000 },
    )
    if (result.code !== 0) {
      throw new ToolkitError({
        kind: 'server',
        reason: 'server-command-failed',
        what: `PostgreSQL refused a query in the database ${database} (psql: exit code ${result.code}).`,
        where: names.host,
        remedy: "Read PostgreSQL's log on the server, then run this again.",
      })
    }
    return result.stdout.replace(/\n$/, '')
  }
}

/** What syn2mas should have carried over, and what MAS holds; both asked at the same time. */
export async function countBoth(
  sql: Sql,
  names: ServerNames,
): Promise<{ synapse: AccountCounts; mas: AccountCounts }> {
  const [synapse, mas] = await Promise.all([
    sql(names.synapseDatabase, migratableCountsSql(names.dialect)),
    sql(names.masDatabase, masCountsSql),
  ])
  return { synapse: parseCounts(synapse), mas: parseCounts(mas) }
}

const adminsSql = 'SELECT name FROM users WHERE admin <> 0 AND appservice_id IS NULL ORDER BY name'

/**
 * syn2mas v0.12 leaves administrators behind. Gives them back what they had, in MAS's database, and returns their number;
 * 0 where MAS has them already, or has no place for them.
 */
export async function restoreAdmins(sql: Sql, names: ServerNames): Promise<number> {
  const rows = (await sql(names.synapseDatabase, adminsSql)).split('\n').filter(Boolean)
  const localparts = rows.map(name => name.slice(1, name.indexOf(':')))
  if (localparts.length === 0) return 0
  const list = localparts.map(name => `'${name.replaceAll("'", "''")}'`).join(', ')
  const changed = await sql(
    names.masDatabase,
    `SET standard_conforming_strings = on;
WITH changed AS (UPDATE users SET can_request_admin = true WHERE username IN (${list}) AND NOT can_request_admin
  RETURNING user_id), sessions AS (UPDATE compat_sessions SET is_synapse_admin = true
  WHERE user_id IN (SELECT user_id FROM changed)) SELECT count(*) FROM changed`,
  )
  return Number(changed)
}
