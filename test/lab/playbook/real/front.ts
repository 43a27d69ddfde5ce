/**
 * Stands in for Traefik in front of a real playbook: runs in a container of the lab, follows the labels of the other
 * containers and passes requests on by them. No TLS, no redirects, one entry point; it takes
 * every host for the homeserver's.
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { type Route, type RunningContainer, routesOf } from './routes.ts'

const { FRONT_SOCKET, FRONT_HOST = '', FRONT_NETWORK = '', FRONT_ENTRY_POINT = '', FRONT_PORT } = process.env

let routes: readonly Route[] = []

function runningContainers(): Promise<RunningContainer[]> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath: FRONT_SOCKET, path: '/containers/json' }, answer => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => resolve(JSON.parse(Buffer.concat(parts).toString('utf8'))))
    })
    asked.on('error', reject)
    asked.end()
  })
}

async function follow(): Promise<void> {
  for (;;) {
    try {
      routes = routesOf(await runningContainers(), FRONT_ENTRY_POINT, FRONT_NETWORK)
    } catch (error) {
      console.error(error)
    }
    await new Promise(resolve => setTimeout(resolve, 250))
  }
}

function passOn(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { pathname } = new URL(incoming.url ?? '/', 'http://front')
  const route = routes.find(each => each.matches(FRONT_HOST, pathname))
  if (route === undefined) {
    outgoing.writeHead(404).end('404 page not found')
    return
  }
  const headers = { ...incoming.headers, host: FRONT_HOST, 'x-forwarded-proto': 'https' }
  const forwarded = { ...headers, 'x-forwarded-for': incoming.socket.remoteAddress }
  const asked = request(`${route.target}${route.prefix}${incoming.url}`, {
    method: incoming.method,
    headers: forwarded,
  })
  asked.on('response', answer => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(outgoing)
  })
  asked.on('error', () => {
    if (!outgoing.headersSent) outgoing.writeHead(502)
    outgoing.end()
  })
  outgoing.on('close', () => asked.destroy())
  incoming.pipe(asked)
}

createServer(passOn).listen(Number(FRONT_PORT))
await follow()
