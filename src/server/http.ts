import { synapseUnit } from './names.ts'
import type { ServerSession } from './session.ts'

export interface HttpRequest {
  readonly url: string
  readonly token?: string
  /** JSON. Makes it a POST request. */
  readonly body?: string
}

export interface HttpAnswer {
  /** 0 where there was no answer. */
  readonly status: number
  readonly text: string
}

/** Sends a request from the server. Neither request nor response appear on a command line. */
export type HttpClient = (request: HttpRequest) => Promise<HttpAnswer>

/** curl's configuration for a request, passed on standard input: URL and token stay out of the process list. */
function curlConfig({ url, token, body }: HttpRequest): string {
  const header = token === undefined ? '' : `\nheader = ${quoted(`Authorization: Bearer ${token}`)}`
  const post =
    body === undefined ? '' : `\nheader = "Content-Type: application/json"\ndata-raw = ${quoted(body)}`
  return `url = ${quoted(url)}${header}${post}\n`
}

/** Uses curl in Synapse's container, which can resolve the names of the other containers. */
export function httpFrom(session: ServerSession): HttpClient {
  return async request => {
    const { stdout } = await session.run(
      [
        ...['docker', 'exec', '-i', synapseUnit, 'curl', '-sS', '-m', '30'],
        ...['-w', '\\n%{http_code}', '-K', '-'],
      ],
      { input: curlConfig(request), timeoutMs: 60_000 },
    )
    const end = stdout.lastIndexOf('\n')
    return { status: Number(stdout.slice(end + 1)) || 0, text: stdout.slice(0, Math.max(end, 0)) }
  }
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`
}
