import { basename } from 'node:path'
import { parseDocument } from 'yaml'
import type { Clock } from '../../domain/clock.ts'
import { masConfigYaml, type ServerNames } from '../../server/names.ts'
import { runOrThrow } from '../../server/run-or-throw.ts'
import type { Server } from '../../server/server.ts'
import { psql } from '../../server/sql.ts'
import { shellWords } from '../../support/shell.ts'
import { leftoverAgeSeconds, notLater, runLater } from './later.ts'

type DatabaseServer = Pick<Server, 'session' | 'sql'> & { readonly clock: Clock }

/** A database for one rehearsal, and a folder with a configuration of MAS that uses it. */
interface Scratch {
  readonly database: string
  readonly folder: string
}

const prefix = 'matrix_auth_actions_rehearsal_'
/** Not under /matrix, whose owner could put a link in its place. In /tmp, only root can replace a folder of root. */
const folderPrefix = '/tmp/matrix-auth-actions-rehearsal-'

/** Whether an interrupted rehearsal left this database behind. Its name holds the time, in seconds since 1970. */
export function isLeftover(database: string, nowSeconds: number, ageSeconds: number): boolean {
  const stamp = database.startsWith(prefix) ? database.slice(prefix.length) : ''
  return /^\d{10}$/.test(stamp) && nowSeconds - Number(stamp) > ageSeconds
}

/** MAS's configuration with another database, by `database.uri` or `database.database`; comments are kept. */
export function withDatabase(configYaml: string, database: string): string {
  const document = parseDocument(configYaml, { version: '1.1' })
  const uri = document.getIn(['database', 'uri'])
  if (typeof uri === 'string' && URL.canParse(uri)) {
    const url = new URL(uri)
    url.pathname = `/${database}`
    document.setIn(['database', 'uri'], url.href)
  } else {
    document.setIn(['database', 'database'], database)
  }
  return document.toString({ lineWidth: 0 })
}

/**
 * Drops the databases and folders of interrupted rehearsals. Without the lock, a young one can be in use: then only of those that
 * began more than an hour ago.
 */
export async function dropLeftovers(server: DatabaseServer, hasLock: boolean): Promise<void> {
  const age = hasLock ? Number.NEGATIVE_INFINITY : leftoverAgeSeconds
  const now = secondsOf(server.clock)
  const names = await server.sql(
    'postgres',
    `SELECT datname FROM pg_database WHERE datname LIKE '${prefix}%';`,
  )
  for (const database of names.split('\n').filter(name => isLeftover(name, now, age))) {
    await dropScratch(server, scratchOf(database.slice(prefix.length)))
  }
}

function secondsOf(clock: Clock): number {
  return Math.floor(clock.now().getTime() / 1000)
}

function scratchOf(stamp: number | string): Scratch {
  return { database: `${prefix}${stamp}`, folder: `${folderPrefix}${stamp}` }
}

/**
 * Has `work` use a scratch database, and drops it afterwards. The server drops it, too, an hour later: what fails first is thrown.
 * @throws ToolkitError where PostgreSQL or the disk refuses.
 */
export async function withScratch<T>(
  server: DatabaseServer,
  names: ServerNames,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const scratch = scratchOf(secondsOf(server.clock))
  await runLater(server.session, basename(scratch.folder), ['sh', '-c', removal(scratch)])
  let result: T
  try {
    await makeScratch(server, names, scratch)
    result = await work(scratch.folder)
  } catch (error) {
    await dropScratch(server, scratch).catch(() => undefined)
    throw error
  }
  await dropScratch(server, scratch)
  return result
}

/** Creates the database, owned by MAS's role, as PostgreSQL's superuser, and the configuration, readable only by MAS's user. */
async function makeScratch(
  { session, sql }: DatabaseServer,
  names: ServerNames,
  { database, folder }: Scratch,
): Promise<void> {
  const config = await session.readFile(masConfigYaml)
  if (config === undefined) throw new Error('MAS is installed, so its configuration was there a moment ago')
  await sql(
    'postgres',
    `CREATE DATABASE "${database}" OWNER "${names.masRole}" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C';`,
  )
  await runOrThrow(session, ['mkdir', '-m', '0700', folder])
  const file = `${folder}/config.yaml`
  await session.writeFile(file, withDatabase(config, database), 0o400)
  await runOrThrow(session, ['chown', `--reference=${masConfigYaml}`, file])
}

function removal(scratch: Scratch): string {
  const drop = shellWords([...psql, 'postgres', '-c', dropStatement(scratch)])
  return `${shellWords(['rm', '-rf', scratch.folder])}; ${drop}`
}

function dropStatement({ database }: Scratch): string {
  return `DROP DATABASE IF EXISTS "${database}" WITH (FORCE);`
}

/** Removes both, and closes open connections to the database. */
async function dropScratch({ session, sql }: DatabaseServer, scratch: Scratch): Promise<void> {
  await sql('postgres', dropStatement(scratch))
  await runOrThrow(session, ['rm', '-rf', scratch.folder])
  await notLater(session, basename(scratch.folder))
}
