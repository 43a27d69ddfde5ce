import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
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
  const ask = insideOver(engine)
  const http = (request: HttpRequest) => {
    const base = inside[request.to]
    return base === undefined ? outside(request) : ask(base, request)
  }
  return { dialect, serverName: 'example.test', http, sql }
}

interface Call {
  readonly url: string
  readonly request: HttpRequest
}

/** The requests of one moment go to one curl: to start a program in a container takes longer than they do. */
function insideOver(engine: Engine): (base: string, request: HttpRequest) => Promise<HttpResponse> {
  let batch: { readonly calls: Call[]; readonly answers: Promise<HttpResponse[]> } | undefined
  const open = () => {
    const calls: Call[] = []
    const answers = setImmediate().then(() => {
      batch = undefined
      return askInside(engine, calls)
    })
    return { calls, answers }
  }
  return async (base, request) => {
    batch ??= open()
    const { calls, answers } = batch
    const index = calls.push({ url: base + request.path, request }) - 1
    return (await answers)[index] ?? noAnswer
  }
}

const noAnswer: HttpResponse = { status: 0, body: undefined }
const quoted = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

async function askInside(engine: Engine, calls: readonly Call[]): Promise<HttpResponse[]> {
  const end = `end-of-answer-${randomUUID()}`
  const config = calls.map(({ url, request }) =>
    [
      'silent',
      'show-error',
      `url = ${quoted(url)}`,
      `request = ${request.method}`,
      `max-time = ${(request.timeoutMs ?? 10_000) / 1000}`,
      ...(request.token === undefined
        ? []
        : [`header = ${quoted(`Authorization: Bearer ${request.token}`)}`]),
      ...(request.body === undefined
        ? []
        : [
            'header = "Content-Type: application/json"',
            `data-raw = ${quoted(JSON.stringify(request.body))}`,
          ]),
      `write-out = "\\n%{http_code}${end}"`,
    ].join('\n'),
  )
  const script = 'exec docker exec -i matrix-synapse curl -K -'
  const asked = await rootInTarget(engine, script, `${config.join('\nnext\n')}\n`)
  return asked.stdout.split(end).slice(0, -1).map(responseOf)
}

/** From the body, and the status in a line of its own. */
function responseOf(text: string): HttpResponse {
  const last = text.lastIndexOf('\n')
  return { status: Number(text.slice(last + 1)) || 0, body: parsed(text.slice(0, last)) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
