import type { Client } from 'pg'
import { log } from '../log.ts'
import type { Progress } from './progress.ts'

/** The tables that a run renames to `syn2mas__…` while it writes. */
export const affectedTables = [
  'users',
  'user_passwords',
  'user_emails',
  'user_unsupported_third_party_ids',
  'upstream_oauth_links',
  'compat_sessions',
  'compat_access_tokens',
  'compat_refresh_tokens',
] as const
export type AffectedTable = (typeof affectedTables)[number]

const helperTables = { indices: 'syn2mas_restore_indices', constraints: 'syn2mas_restore_constraints' }

/** An index or a constraint that was dropped for the time of the writing, and how to make it again. */
interface Paused {
  readonly name: string
  readonly table: string
  readonly definition: string
}

export interface PausedSchema {
  readonly indices: readonly Paused[]
  readonly constraints: readonly Paused[]
}

/** Whether a run was begun and not finished: its two helper tables are there. */
export async function isUnfinished(client: Client): Promise<boolean> {
  const found = await client.query(
    'SELECT FROM pg_tables WHERE schemaname = current_schema AND tablename = ANY($1)',
    [Object.values(helperTables)],
  )
  return found.rows.length === 2
}

/** Takes the tables out of sight and drops what guards them; one transaction of the caller's. */
export async function pauseSchema(client: Client): Promise<PausedSchema> {
  for (const helper of [helperTables.constraints, helperTables.indices]) {
    await client.query(
      `CREATE TABLE ${helper} (order_key serial PRIMARY KEY, table_name text NOT NULL, name text NOT NULL, definition text NOT NULL)`,
    )
  }
  for (const table of affectedTables) await client.query(`ALTER TABLE ${table} RENAME TO syn2mas__${table}`)
  const indices: Paused[] = []
  const constraints: Paused[] = []
  for (const table of affectedTables) {
    constraints.push(...(await dropConstraints(client, `syn2mas__${table}`)))
    indices.push(...(await dropIndices(client, `syn2mas__${table}`)))
  }
  await save(client, helperTables.indices, indices)
  await save(client, helperTables.constraints, constraints)
  return { indices, constraints }
}

async function dropConstraints(client: Client, table: string): Promise<Paused[]> {
  const dropped: Paused[] = []
  // First those of other tables that point here: a key cannot go while something refers to it.
  for (const [column, kinds] of [
    ['confrelid', 'f'],
    ['conrelid', 'fpu'],
  ] as const) {
    const found = await client.query<Paused>(
      `SELECT conname AS name, conrelid::regclass::text AS table, pg_get_constraintdef(oid) AS definition
         FROM pg_constraint WHERE ${column} = $1::regclass AND position(contype::text in $2) > 0`,
      [table, kinds],
    )
    for (const constraint of found.rows) {
      await client.query(`ALTER TABLE ${constraint.table} DROP CONSTRAINT ${constraint.name}`)
      dropped.push(constraint)
    }
  }
  return dropped
}

async function dropIndices(client: Client, table: string): Promise<Paused[]> {
  const found = await client.query<Paused>(
    `SELECT indexname AS name, tablename AS table, indexdef AS definition
       FROM pg_indexes WHERE schemaname = current_schema AND tablename = $1`,
    [table],
  )
  for (const index of found.rows) await client.query(`DROP INDEX ${index.name}`)
  return found.rows
}

async function save(client: Client, helper: string, paused: readonly Paused[]): Promise<void> {
  for (const { table, name, definition } of paused) {
    const insert = `INSERT INTO ${helper} (table_name, name, definition) VALUES ($1, $2, $3)`
    await client.query(insert, [table, name, definition])
  }
}

/** What an earlier run, now dead, wrote down; its rows go. */
export async function resetSchema(client: Client): Promise<PausedSchema> {
  for (const table of affectedTables) await client.query(`TRUNCATE syn2mas__${table}`)
  const load = async (helper: string) => {
    const columns = 'table_name AS table, name, definition'
    return (await client.query<Paused>(`SELECT ${columns} FROM ${helper} ORDER BY order_key`)).rows
  }
  return { indices: await load(helperTables.indices), constraints: await load(helperTables.constraints) }
}

const module = 'syn2mas::mas_writer::constraint_pausing'

/** Makes indices and constraints again and gives the tables their names back; one transaction of the caller's. */
export async function restoreSchema(client: Client, paused: PausedSchema, progress: Progress): Promise<void> {
  for (const { name, definition } of paused.indices.toReversed()) {
    progress.rebuilding('index', name)
    await timed(`index ${name}`, 164, () => client.query(definition))
  }
  for (const { name, table, definition } of paused.constraints.toReversed()) {
    progress.rebuilding('constraint', name)
    const add = `ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`
    await timed(`constraint ${name}`, 136, () => client.query(add))
  }
  for (const helper of Object.values(helperTables)) await client.query(`DROP TABLE ${helper}`)
  for (const table of affectedTables) await client.query(`ALTER TABLE syn2mas__${table} RENAME TO ${table}`)
}

async function timed(what: string, line: number, work: () => Promise<unknown>): Promise<void> {
  const start = performance.now()
  await work()
  log('INFO', { module, line }, `${what} rebuilt in ${((performance.now() - start) / 1000).toFixed(1)}s`)
}
