import type { Client } from 'pg'
import { inTransaction } from '../database.ts'
import { currentEra, type Era } from '../era.ts'
import { databaseCauses, Failure } from '../failure.ts'
import { log } from '../log.ts'
import { historyOf } from './history.ts'
import { schemaOf } from './tables.ts'

const migrations = '_sqlx_migrations'

/** What PostgreSQL says on the real way from nothing to the schema. */
const notices: Readonly<Record<string, string>> = {
  '20260108111542':
    'function apalis.push_job(text,json,text,pg_catalog.timestamptz,pg_catalog.int4) does not exist, skipping',
}

async function applied(client: Client): Promise<Set<string>> {
  const found = await client.query<{ there: string | null }>('SELECT to_regclass($1)::text AS there', [
    migrations,
  ])
  if (found.rows[0]?.there == null) return new Set()
  const rows = await client.query<{ version: string }>(`SELECT version::text FROM ${migrations}`)
  return new Set(rows.rows.map(row => row.version))
}

async function build(client: Client, era: Era): Promise<void> {
  const history = historyOf(era)
  for (const { version, description } of era === '1.22' ? history : []) {
    log('INFO', { module: 'mas_storage_pg', line: 378 }, `Applying migration ${version}: ${description}`)
    const notice = notices[version]
    if (notice !== undefined) log('INFO', { module: 'sqlx::postgres::notice', line: 185 }, notice)
  }
  for (const statement of schemaOf(era)) await client.query(statement)
  await client.query(
    `CREATE TABLE ${migrations} (version bigint PRIMARY KEY, description text NOT NULL,
       installed_on timestamp with time zone NOT NULL DEFAULT now(), success boolean NOT NULL,
       checksum bytea NOT NULL, execution_time bigint NOT NULL)`,
  )
  await client.query(
    `INSERT INTO ${migrations} (version, description, success, checksum, execution_time)
       SELECT version, description, true, 'stand-in', 0 FROM unnest($1::bigint[], $2::text[]) AS m(version, description)`,
    [history.map(({ version }) => version), history.map(({ description }) => description)],
  )
}

/**
 * Brings an empty database to the schema, as every command of MAS that connects for work does first.
 * @throws Failure where the database is of another version: the stand-in knows no way between two.
 */
export async function migrateSchema(client: Client, era: Era = currentEra()): Promise<void> {
  try {
    await inTransaction(client, async () => {
      await client.query("SELECT pg_advisory_xact_lock(hashtext('mas schema migrations'))")
      const versions = await applied(client)
      if (versions.size === 0) return build(client, era)
      const missing = historyOf(era).filter(({ version }) => !versions.has(version))
      if (missing.length === 0 && versions.size === historyOf(era).length) return
      throw new Failure('could not run migrations', ['the stand-in cannot migrate between versions of MAS'])
    })
  } catch (error) {
    if (error instanceof Failure) throw error
    throw new Failure('could not run migrations', databaseCauses(error))
  }
}
