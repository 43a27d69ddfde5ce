import {
  type AccountCounts,
  masCountsSql,
  migratableCountsSql,
  parseCounts,
} from '../../domain/account-counts.ts'
import type { ServerNames } from '../../server/names.ts'
import type { Sql } from '../../server/server.ts'

/** What syn2mas should have migrated, and what MAS has, counted at the same time. */
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
 * syn2mas v0.12 does not migrate administrators. Restores their rights in MAS's database, and returns how many were changed;
 * 0 where MAS has them already, or cannot store them.
 */
export function restoreAdmins(sql: Sql, names: ServerNames): Promise<number> {
  return changeAccounts(
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
 * The Node tool does not migrate locks (tools/syn2mas/src/migrate.mts at v0.15.0), and a Synapse that delegates leaves locks
 * to MAS, so the owners could log in again. Locks these accounts in MAS's database, as `mas-cli manage lock-user` does, and
 * returns how many were changed. Must run before MAS starts.
 */
export function restoreLocks(sql: Sql, names: ServerNames): Promise<number> {
  return changeAccounts(
    sql,
    names,
    `SELECT name FROM users WHERE appservice_id IS NULL AND ${isLocked} ORDER BY name`,
    list => `WITH changed AS (UPDATE users SET locked_at = now() WHERE username IN (${list}) AND locked_at IS NULL
  RETURNING user_id) SELECT count(*) FROM changed`,
  )
}

/** The number of locked or deactivated accounts, in Synapse and in MAS. */
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

/** Selects user ids in Synapse and changes their accounts in MAS; `change` receives a list of SQL literals. Returns how many were changed. */
async function changeAccounts(
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
