import {
  type AccountCounts,
  countsBy,
  isLeftoverTable,
  masCountsSql,
  migratableCountsSql,
  parseCounts,
} from '../domain/account-counts.ts'
import type { MasFacts, ServerFacts, UnitFacts } from '../domain/server-facts.ts'
import type { Dialect } from '../domain/stage.ts'
import { ToolkitError } from '../support/errors.ts'
import {
  type DatabaseName,
  type Databases,
  databasesOf,
  delegationOf,
  readYamlObject,
} from './configuration.ts'
import { masUnit, postgresUnit, synapseUnit } from './names.ts'
import { placeOf, reachesContainer } from './own-postgres.ts'
import compareAccountsScript from './scripts/compare-accounts.sh'
import lookScript from './scripts/look.sh'
import type { ServerSession } from './session.ts'
import { querySql } from './sql.ts'
import { windowOver } from './window/window.ts'

type Seen = ReadonlyMap<string, string>
type MasTables = Pick<MasFacts, 'tables' | 'leftovers' | 'counts' | 'masOnlyAccounts' | 'missingAccounts'>

/**
 * Probes a server, read-only: units, containers, configuration, the toolkit's own files, then counts in both databases.
 * @throws ToolkitError `server-state-unreadable` where Synapse is installed but its accounts cannot be counted, and before any
 *   SQL where the data has no services, and where Synapse or MAS use another PostgreSQL than the playbook's, which is not
 *   supported yet.
 */
export async function probeServer(session: ServerSession, dialect: Dialect): Promise<ServerFacts> {
  const [seen, ours] = await Promise.all([look(session), windowOver(session).facts()])
  const units = unitsOf(seen)
  const homeserver = readYamlObject(seen.get('homeserver'))
  const mas = readYamlObject(seen.get('mas-config'))
  const unit = (name: string): UnitFacts => units.get(name) ?? missing(name)
  const synapse = unit(synapseUnit)
  const masService = unit(masUnit)
  const workers = [...units.values()].filter(({ name }) => name.startsWith('matrix-synapse-worker-'))
  const isNew = !synapse.exists && !seen.has('homeserver')
  const databases = databasesOf(homeserver, mas)
  if (!isNew && !synapse.exists && !unit(postgresUnit).exists) throw dataWithoutServices(session)
  if (!isNew) requireOwnPostgres(session, seen, databases)
  const [accounts, masTables] = isNew
    ? [noAccounts, noTables]
    : await Promise.all([countSynapse(session, databases, dialect), readMas(session, databases)])
  const installed = masService.exists && seen.has('mas-config')
  return {
    host: session.host,
    dialect,
    synapse: { ...synapse, delegating: isNew ? 'no' : delegationOf(homeserver), workers, ...accounts },
    mas: { ...masService, installed, ...masTables },
    postgres: unit(postgresUnit),
    ours,
  }
}

async function look(session: ServerSession): Promise<Seen> {
  const result = await session.run(['bash', '-c', lookScript], { timeoutMs: 60_000 })
  if (result.code !== 0) throw unreadable(session, 'The probe script failed on the server.')
  return emitted(result.stdout)
}

/** What a script printed by its function `emit`. */
export function emitted(stdout: string): ReadonlyMap<string, string> {
  return new Map(
    stdout.split('\n').flatMap((line): [string, string][] => {
      const [name, content] = line.split('\t')
      return name && content !== undefined ? [[name, Buffer.from(content, 'base64').toString('utf8')]] : []
    }),
  )
}

function unitsOf(seen: Seen): Map<string, UnitFacts> {
  const images = new Map(
    (seen.get('containers') ?? '').split('\n').flatMap((line): [string, string][] => {
      const [name, image] = line.split(' ')
      return name && image ? [[name, image]] : []
    }),
  )
  const units = new Map<string, UnitFacts>()
  for (const block of (seen.get('units') ?? '').split(/\n\s*\n/)) {
    const field = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(block)?.[1] ?? ''
    const name = field('Id').replace(/\.service$/, '')
    const image = images.get(name)
    if (name === '') continue
    units.set(name, {
      name,
      exists: field('LoadState') === 'loaded',
      active: field('ActiveState'),
      enabled: field('UnitFileState') === 'enabled',
      container: image !== undefined,
      ...(image === undefined ? {} : { image }),
    })
  }
  return units
}

function missing(name: string): UnitFacts {
  return { name, exists: false, active: 'inactive', enabled: false, container: false }
}

const noAccounts = { accounts: 0, migratable: countsBy(() => 0) }
const noTables: Omit<MasTables, 'counts'> = {
  tables: 'none',
  leftovers: [],
  masOnlyAccounts: { count: 0, names: [] },
  missingAccounts: 0,
}

async function countSynapse(
  session: ServerSession,
  databases: Databases,
  dialect: Dialect,
): Promise<{ accounts: number; migratable: AccountCounts }> {
  if (databases.synapse.database === undefined) throw noDatabase(session)
  const sql = `SELECT count(*) FROM users;\n${migratableCountsSql(dialect)};`
  const [accounts, counts] = (await querySql(session, databases.synapse.database, sql)).split('\n')
  if (accounts === undefined || counts === undefined)
    throw unreadable(session, 'PostgreSQL returned no counts.')
  return { accounts: Number(accounts), migratable: parseCounts(counts) }
}

async function readMas(session: ServerSession, databases: Databases): Promise<MasTables> {
  if (databases.mas.database === undefined) return noTables
  const answer = await querySql(session, databases.mas.database, masSql).catch((error: unknown) => {
    if (error instanceof ToolkitError && error.reason === 'server-state-unreadable') return error
    throw error
  })
  if (answer instanceof ToolkitError) {
    return { ...noTables, tables: / does not exist/.test(answer.message) ? 'none' : 'unreadable' }
  }
  const lines = answer.split('\n').filter(Boolean)
  const counts = lines.find(line => line.startsWith('{'))
  const leftovers = lines.filter(line => line !== 'users' && line !== counts)
  if (leftovers.length > 0) return { ...noTables, tables: 'renamed', leftovers }
  if (counts === undefined) return noTables
  const compared = await compareAccounts(session, databases)
  return { tables: 'whole', leftovers: [], counts: parseCounts(counts), ...compared }
}

/** Prints the decisive table names, one per line, then the counts if no table is renamed. Uses one connection. */
const masSql = `SELECT tablename FROM pg_tables
 WHERE schemaname = 'public' AND (tablename = 'users' OR ${isLeftoverTable}) ORDER BY 1;
SELECT to_regclass('public.users') IS NOT NULL
 AND NOT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND ${isLeftoverTable}) AS whole \\gset
\\if :whole
${masCountsSql};
\\endif`

async function compareAccounts(
  session: ServerSession,
  databases: Databases,
): Promise<Pick<MasFacts, 'masOnlyAccounts' | 'missingAccounts'>> {
  const { synapse, mas } = databases
  const argv = ['bash', '-c', compareAccountsScript, 'compare', synapse.database ?? '', mas.database ?? '']
  const result = await session.run(argv)
  if (result.code !== 0) throw unreadable(session, 'The accounts of MAS and Synapse could not be compared.')
  const [missing, count, ...names] = result.stdout.replace(/\n$/, '').split('\n')
  return { missingAccounts: Number(missing), masOnlyAccounts: { count: Number(count), names } }
}

/** SQL goes to the playbook's container. It must reach the databases that Synapse and MAS use, and not a copy of them. */
function requireOwnPostgres(session: ServerSession, seen: Seen, { synapse, mas }: Databases): void {
  if (synapse.database === undefined) throw noDatabase(session)
  if (!seen.has('postgres-environment'))
    throw externalPostgres(session, 'The file /matrix/postgres/env-postgres-psql is missing.')
  const unit = (name: string) => seen.get(`unit ${name}`) ?? ''
  const isOwn = (database: DatabaseName, service: string) =>
    reachesContainer(database, unit(service), unit(postgresUnit))
  if (!isOwn(synapse, synapseUnit))
    throw externalPostgres(session, `The database of Synapse is ${placeOf(synapse)}.`)
  if (seen.has('mas-config') && !isOwn(mas, masUnit))
    throw externalPostgres(session, `The database of MAS is ${placeOf(mas)}.`)
}

/** After the copy of /matrix to a new machine: the playbook's guide then installs the services (docs/maintenance-migrating.md). */
function dataWithoutServices(session: ServerSession): ToolkitError {
  return new ToolkitError({
    reason: 'server-state-unreadable',
    what: 'The server has the data of Synapse, but no service of Synapse or PostgreSQL. Nothing was done.',
    where: session.host,
    remedy:
      "If you moved the server, finish the playbook's guide docs/maintenance-migrating.md: its last step is `ansible-playbook -i inventory/hosts setup.yml --tags=install-all,start`. Then run this again.",
  })
}

function externalPostgres(session: ServerSession, why: string): ToolkitError {
  return new ToolkitError({
    reason: 'server-state-unreadable',
    what: `The server does not use the playbook's own PostgreSQL. ${why}`,
    where: session.host,
    remedy:
      "An external PostgreSQL is not supported yet. Migrate this server manually, with the playbook's guide.",
  })
}

function noDatabase(session: ServerSession): ToolkitError {
  return unreadable(
    session,
    'Synapse is installed, but its homeserver.yaml is missing, unreadable, or has no PostgreSQL database.',
  )
}

function unreadable(session: ServerSession, what: string): ToolkitError {
  return new ToolkitError({
    reason: 'server-state-unreadable',
    what,
    where: session.host,
    remedy:
      'Run on the server: `systemctl status matrix-synapse matrix-postgres`. Check the files under /matrix.',
  })
}
