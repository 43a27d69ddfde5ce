import type { Dialect } from '../../../src/domain/stage.ts'
import { type HttpRequest, type HttpResponse, httpOver, type Sql, type World } from '../data/world.ts'
import type { Engine } from '../engine/ground.ts'
import { rootInTarget } from './target.ts'

/** Synapse's own addresses, asked from inside its container: neither is published. */
const inside: Readonly<Partial<Record<HttpRequest['to'], string>>> = {
  synapse: 'http://localhost:8008',
  worker: 'http://matrix-synapse-worker-generic-0:18111',
}

/** The lab as the data generator and the verifier see it. */
export function dataWorldOf(engine: Engine, dialect: Dialect, synapseUrl: string, sql: Sql): World {
  const outside = httpOver({ client: synapseUrl })
  const http = (request: HttpRequest) => {
    const base = inside[request.to]
    return base === undefined ? outside(request) : askInside(engine, base, request)
  }
  return { dialect, serverName: 'example.test', http, sql }
}

const quoted = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

async function askInside(engine: Engine, base: string, request: HttpRequest): Promise<HttpResponse> {
  const config = [
    `url = ${quoted(base + request.path)}`,
    `request = ${request.method}`,
    `max-time = ${(request.timeoutMs ?? 10_000) / 1000}`,
    ...(request.token === undefined ? [] : [`header = ${quoted(`Authorization: Bearer ${request.token}`)}`]),
    ...(request.body === undefined
      ? []
      : ['header = "Content-Type: application/json"', `data-raw = ${quoted(JSON.stringify(request.body))}`]),
    'write-out = "\\n%{http_code}"',
  ]
  const script = 'exec docker exec -i matrix-synapse curl -sS -K -'
  const asked = await rootInTarget(engine, script, `${config.join('\n')}\n`)
  const end = asked.stdout.lastIndexOf('\n')
  return {
    status: Number(asked.stdout.slice(end + 1)) || 0,
    body: parsed(asked.stdout.slice(0, Math.max(end, 0))),
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
