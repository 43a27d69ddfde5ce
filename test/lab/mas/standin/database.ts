import { userInfo } from 'node:os'
import process from 'node:process'
import { Client, type ClientConfig } from 'pg'
import type { DatabaseConfig } from './config.ts'
import { databaseCauses, Failure } from './failure.ts'
import { log } from './log.ts'

/** Connection facts from the configuration; what is missing comes from libpq's variables, as with sqlx. */
export function clientConfig(config: DatabaseConfig, applicationName: string): ClientConfig {
  if (config.uri !== undefined) return { ...uriConfig(config.uri), application_name: applicationName }
  return {
    host: config.host ?? process.env.PGHOST ?? '/var/run/postgresql',
    port: config.port ?? Number(process.env.PGPORT ?? 5432),
    user: config.username ?? process.env.PGUSER ?? userInfo().username,
    database: config.database ?? process.env.PGDATABASE ?? config.username ?? userInfo().username,
    application_name: applicationName,
    ...(config.password === undefined ? {} : { password: config.password }),
  }
}

/** `postgresql://user:password@host:port/name?host=/socket/folder`, where the host may be a folder written with `%2F`. */
export function uriConfig(uri: string): ClientConfig {
  const parts = /^postgres(?:ql)?:(?:\/\/(?:([^@/]*)@)?([^/?]*))?(?:\/([^?]*))?(?:\?(.*))?$/.exec(uri)
  if (parts === null) throw new Failure('could not parse database connection string')
  const [, login = '', address = '', name = '', query = ''] = parts
  const options = new URLSearchParams(query)
  const [, host = '', port] = /^(.*?)(?::(\d+))?$/.exec(address) ?? []
  const [user = '', password] = login.split(':')
  const texts = {
    host: options.get('host') ?? decodeURIComponent(host),
    username: decodeURIComponent(user) || options.get('user'),
    password: password === undefined ? options.get('password') : decodeURIComponent(password),
    database: decodeURIComponent(name) || options.get('dbname'),
  }
  const given = Object.fromEntries(
    Object.entries(texts).filter(([, value]) => value !== null && value !== ''),
  )
  const found: DatabaseConfig = { ...given, ...(port === undefined ? {} : { port: Number(port) }) }
  return clientConfig(found, 'matrix-authentication-service')
}

/** Connects or fails with `context` on top of sqlx's chain of causes. Server notices are logged as sqlx does. */
export async function connect(config: ClientConfig, context: string): Promise<Client> {
  const client = new Client(config)
  // Without a listener an unexpected end of the session would end the program with a stack of its own.
  client.on('error', () => undefined)
  client.on('notice', notice => {
    if (notice.message !== undefined)
      log('INFO', { module: 'sqlx::postgres::notice', line: 185 }, notice.message)
  })
  try {
    await client.connect()
  } catch (error) {
    throw new Failure(context, databaseCauses(error))
  }
  return client
}

/** A connection to MAS's own database. */
export async function connectToMas(config: DatabaseConfig): Promise<Client> {
  return connect(clientConfig(config, 'matrix-authentication-service'), 'could not connect to the database')
}

/** Runs the steps in one transaction of the client. */
export async function inTransaction<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN')
  try {
    const result = await work()
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}
