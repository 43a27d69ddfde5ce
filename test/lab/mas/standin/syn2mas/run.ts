import process from 'node:process'
import type { Client } from 'pg'
import { advisoryLock } from '../advisory-lock.ts'
import { databaseConfig, matrixConfig, providersConfig, type RootConfig } from '../config.ts'
import { connect, connectToMas, uriConfig } from '../database.ts'
import { databaseCauses, Failure } from '../failure.ts'
import { log } from '../log.ts'
import { migrateSchema } from '../schema/migrate.ts'
import { loadSynapseConfig, type SynapseConfig, synapseDatabase } from '../synapse-config.ts'
import { syncConfig } from '../sync.ts'
import { fromUlid } from '../ulid.ts'
import { checkAgainstMas, checkDatabase, checkSynapse, formatFindings, joinFindings } from './checks.ts'
import { migrateAll } from './migration.ts'
import { affectedTables, isUnfinished } from './paused.ts'
import { Progress } from './progress.ts'
import { closeReader, openReader, readFacts } from './reader.ts'
import { MasWriter } from './writer.ts'

export interface Syn2masOptions {
  readonly subcommand: 'check' | 'migrate'
  readonly dryRun: boolean
  readonly synapseConfigs: readonly string[]
  readonly synapseDatabaseUri?: string
  readonly ignoreMissingProviders: boolean
}

const module = 'mas_cli::commands::syn2mas'
const exit = { done: 0, failed: 1, errors: 10, warnings: 11 }

/**
 * `mas-cli syn2mas`, in the real one's order: connect, schema, config sync, lock, checks, empty check, findings, locks in Synapse, write.
 * Answers the exit code: 10 for errors, 11 for warnings of `check`. It does not ask whether Synapse runs.
 */
export async function runSyn2mas(root: RootConfig, options: Syn2masOptions): Promise<number> {
  if (options.synapseConfigs.length === 0) {
    log('ERROR', { module, line: 100 }, 'Please specify the path to the Synapse configuration file(s).')
    return exit.failed
  }
  const config = loadSynapseConfig(options.synapseConfigs)
  const uri = options.synapseDatabaseUri
  const target = uri === undefined ? synapseDatabase(config) : uriConfig(uri)
  const synapse = await connect(target, 'could not connect to Synapse Postgres database')
  try {
    const mas = await connectToMas(databaseConfig(root))
    try {
      return await withBoth(root, options, config, synapse, mas)
    } finally {
      await mas.end()
    }
  } finally {
    await synapse.end()
  }
}

async function withBoth(
  root: RootConfig,
  options: Syn2masOptions,
  config: SynapseConfig,
  synapse: Client,
  mas: Client,
) {
  await migrateSchema(mas)
  if (options.subcommand === 'migrate') await syncConfig(mas, root, { prune: false, dryRun: false })
  if (!(await lock(mas))) {
    log('ERROR', { module, line: 163 }, 'Failed to acquire syn2mas lock on the database.')
    const likely = 'This likely means that another syn2mas instance is already running!'
    log('ERROR', { module, line: 164 }, likely)
    return exit.failed
  }
  const fromConfiguration = joinFindings(checkSynapse(config), checkAgainstMas(config, root))
  await refuseFilled(mas)
  const facts = await readFacts(synapse)
  const fromDatabase = checkDatabase(facts, config, root, options.ignoreMissingProviders)
  const findings = joinFindings(fromConfiguration, fromDatabase)
  process.stderr.write(formatFindings(findings))
  if (findings.errors.length > 0) return exit.errors
  if (options.subcommand === 'migrate') return migrate(root, options, synapse, mas)
  if (findings.warnings.length > 0) return exit.warnings
  process.stdout.write('Check completed successfully with no errors or warnings.\n')
  return exit.done
}

async function lock(mas: Client): Promise<boolean> {
  const sql = 'SELECT pg_try_advisory_lock($1) AS locked'
  const found = await mas.query<{ locked: boolean }>(sql, [advisoryLock('syn2mas-maswriter')])
  return found.rows[0]?.locked === true
}

/** The database must be empty, except for what a dead run left. Earlier findings are not printed. */
async function refuseFilled(mas: Client): Promise<void> {
  if (await isUnfinished(mas)) return
  for (const table of affectedTables) {
    let rows: unknown[]
    try {
      rows = (await mas.query(`SELECT FROM ${table} LIMIT 1`)).rows
    } catch (error) {
      throw new Failure(
        `Query against ${table} failed — is this actually a MAS database?`,
        databaseCauses(error),
      )
    }
    if (rows.length === 0) continue
    throw new Failure(
      `The MAS database is not empty: rows found in at least \`${table}\`. Please drop and recreate the database, then try again.`,
    )
  }
}

async function migrate(
  root: RootConfig,
  options: Syn2masOptions,
  synapse: Client,
  mas: Client,
): Promise<number> {
  const providers = new Map(
    providersConfig(root).flatMap(({ id, synapseIdpId }) =>
      synapseIdpId === undefined ? [] : [[synapseIdpId, fromUlid(id)] as const],
    ),
  )
  await openReader(synapse, options.dryRun)
  const writer = await MasWriter.open(mas, databaseConfig(root))
  const progress = new Progress()
  const serverName = matrixConfig(root).homeserver
  const { ignoreMissingProviders } = options
  await migrateAll({ synapse, writer, serverName, providers, ignoreMissingProviders, progress })
  await closeReader(synapse)
  await writer.finish(options.dryRun, progress)
  progress.end()
  return exit.done
}
