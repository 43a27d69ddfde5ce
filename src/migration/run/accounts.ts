import {
  type AccountCounts,
  masCountsSql,
  migratableCountsSql,
  parseCounts,
} from '../../domain/account-counts.ts'
import type { ServerNames } from '../../server/names.ts'
import type { Sql } from '../../server/server.ts'

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
export function restoreAdmins(sql: Sql, names: ServerNames): Promise<number> {
  return forEach(
    sql,
    names,
    adminsSql,
    list => `WITH changed AS (UPDATE users SET can_request_admin = true WHERE username IN (${list})
  AND NOT can_request_admin RETURNING user_id), sessions AS (UPDATE compat_sessions SET is_synapse_admin = true
  WHERE user_id IN (SELECT user_id FROM changed)) SELECT count(*) FROM changed`,
  )
}

/** Versions of Synapse differ in whether they have the column. */
const isLocked = "coalesce((to_jsonb(users) ->> 'locked')::boolean, false)"

/**
 * The Node tool forgets that an account is locked (tools/syn2mas/src/migrate.mts at v0.15.0), and a Synapse that delegates
 * leaves locks to MAS: its owner could log in again. Locks them in MAS's database, as `mas-cli manage lock-user` does, and
 * returns their number. To be done before MAS starts.
 */
export function restoreLocks(sql: Sql, names: ServerNames): Promise<number> {
  return forEach(
    sql,
    names,
    `SELECT name FROM users WHERE appservice_id IS NULL AND ${isLocked} ORDER BY name`,
    list => `WITH changed AS (UPDATE users SET locked_at = now() WHERE username IN (${list}) AND locked_at IS NULL
  RETURNING user_id) SELECT count(*) FROM changed`,
  )
}

/** How many accounts nobody may log in to, locked or deactivated: in Synapse, and in MAS, whatever it calls them. */
export async function countClosed(
  sql: Sql,
  names: ServerNames,
): Promise<{ readonly synapse: number; readonly mas: number }> {
  const inSynapse = `SELECT count(*) AS closed FROM users WHERE appservice_id IS NULL AND (deactivated <> 0 OR ${isLocked})`
  const inMas = `SELECT count(*) AS closed FROM users
 WHERE locked_at IS NOT NULL OR to_jsonb(users) ->> 'deactivated_at' IS NOT NULL`
  const [synapse, mas] = await Promise.all([
    sql(names.synapseDatabase, inSynapse),
    sql(names.masDatabase, inMas),
  ])
  return { synapse: Number(synapse), mas: Number(mas) }
}

/** Asks Synapse for user ids and has MAS change their accounts, given as a list of SQL literals; returns how many it changed. */
async function forEach(
  sql: Sql,
  names: ServerNames,
  select: string,
  change: (list: string) => string,
): Promise<number> {
  const ids = (await sql(names.synapseDatabase, select)).split('\n').filter(Boolean)
  if (ids.length === 0) return 0
  const list = ids.map(id => `'${id.slice(1, id.indexOf(':')).replaceAll("'", "''")}'`).join(', ')
  return Number(await sql(names.masDatabase, `SET standard_conforming_strings = on;\n${change(list)}`))
}
