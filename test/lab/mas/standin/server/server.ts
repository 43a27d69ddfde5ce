import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import process from 'node:process'
import { Pool } from 'pg'
import {
  checkSecrets,
  clientsConfig,
  databaseConfig,
  matrixConfig,
  passwordsConfig,
  type RootConfig,
} from '../config.ts'
import { clientConfig, connectToMas } from '../database.ts'
import { currentEra } from '../era.ts'
import { Failure } from '../failure.ts'
import { type Bind, httpConfig, type Listener, loginRates } from '../http-config.ts'
import { log } from '../log.ts'
import { Passwords } from '../passwords.ts'
import { migrateSchema } from '../schema/migrate.ts'
import { syncConfig } from '../sync.ts'
import { ClientAddress } from './address.ts'
import type { Context } from './context.ts'
import { homeserverOf } from './homeserver.ts'
import { workQueue } from './jobs.ts'
import { Limiter } from './limiter.ts'
import { internalError, type Reply } from './respond.ts'
import { route } from './routes.ts'

const module = 'mas_cli::commands::server'

export interface ServerOptions {
  readonly migrate: boolean
  readonly sync: boolean
  readonly worker: boolean
}

function contextOf(root: RootConfig, pool: Pool): Context {
  const rates = loginRates(root)
  return {
    era: currentEra(),
    pool,
    http: httpConfig(root),
    matrix: matrixConfig(root),
    clients: clientsConfig(root),
    secrets: checkSecrets(root),
    passwords: new Passwords(passwordsConfig(root)),
    homeserver: homeserverOf(root),
    loginsPerAddress: new Limiter(rates.perIp),
    loginsPerAccount: new Limiter(rates.perAccount),
  }
}

/** Serves until SIGTERM or SIGINT. */
export async function runServer(root: RootConfig, options: ServerOptions): Promise<number> {
  checkSecrets(root)
  const database = databaseConfig(root)
  const first = await connectToMas(database)
  if (options.migrate) await migrateSchema(first)
  if (options.sync) await syncConfig(first, root, { prune: false, dryRun: false })
  await first.end()
  const pool = new Pool({ ...clientConfig(database, 'matrix-authentication-service'), max: 10 })
  pool.on('error', () => undefined)
  const context = contextOf(root, pool)
  log('WARN', { module, line: 1 }, "This is the lab's stand-in for Matrix Authentication Service")
  const servers = await Promise.all(
    context.http.listeners.flatMap(listener => listener.binds.map(bind => listen(context, listener, bind))),
  )
  const stop = new AbortController()
  const work = options.worker ? workQueue(context, stop.signal) : Promise.resolve()
  await terminated()
  log('INFO', { module, line: 2 }, 'Shutting down')
  stop.abort()
  for (const server of servers) {
    server.close()
    server.closeAllConnections()
  }
  await work
  await pool.end()
  return 0
}

function terminated(): Promise<void> {
  return new Promise(resolve => {
    process.once('SIGTERM', () => resolve())
    process.once('SIGINT', () => resolve())
  })
}

function listen(context: Context, listener: Listener, bind: Bind): Promise<Server> {
  const addresses = new ClientAddress(context.http.trustedProxies)
  const server = createServer((request, response) => {
    answer(context, listener, addresses, request)
      .catch(error => {
        const reason = error instanceof Error ? error.message : String(error)
        log('ERROR', { module: 'mas_handlers', line: 1 }, reason)
        return internalError
      })
      .then(reply => send(response, reply))
  })
  return new Promise((resolve, reject) => {
    const where =
      bind.socket ??
      `http://${bind.host?.includes(':') ? `[${bind.host}]` : bind.host}:${bind.port}${listener.prefix}/`
    server.once('error', error => reject(new Failure('could not bind address', [error.message])))
    server.listen(
      bind.socket === undefined ? { host: bind.host, port: bind.port } : { path: bind.socket },
      () => {
        const text = `Listening on ${where} with resources ${listener.resources.join(', ')}`
        log('INFO', { module, line: 290 }, text)
        resolve(server)
      },
    )
  })
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(Buffer.from(part))
  return Buffer.concat(parts).toString('utf8')
}

async function answer(
  context: Context,
  listener: Listener,
  addresses: ClientAddress,
  request: IncomingMessage,
): Promise<Reply> {
  const path = new URL(request.url ?? '/', 'http://mas').pathname
  const forwarded = request.headers['x-forwarded-for']
  const proxies = Array.isArray(forwarded) ? forwarded.join(',') : forwarded
  if (!path.startsWith(`${listener.prefix}/`)) return { status: 404, body: 'Not found' }
  return route(context, listener.resources, {
    method: request.method ?? 'GET',
    path: path.slice(listener.prefix.length),
    headers: request.headers,
    body: await readBody(request),
    address: addresses.of(request.socket.remoteAddress, proxies),
  })
}

function send(response: ServerResponse, { status, body, contentType }: Reply): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  response.writeHead(status, {
    'content-type':
      contentType ?? (typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json'),
    'access-control-allow-origin': '*',
    'access-control-allow-headers': 'authorization, content-type',
    'access-control-allow-methods': 'GET, POST, OPTIONS',
  })
  response.end(text)
}
