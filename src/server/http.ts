import { type JsonRecord, parseRecord } from '../support/json.ts'
import type { ServerSession } from './session.ts'

export interface HttpRequest {
  readonly method?: 'GET' | 'POST' | 'PUT'
  readonly url: string
  readonly token?: string
  readonly body?: unknown
}

export interface HttpAnswer {
  /** 0 where there was no answer. */
  readonly status: number
  /** The body if it is a JSON object, otherwise an empty object. Untrusted. */
  readonly body: JsonRecord
}

/** Sends a request from the server. Neither request nor response appear on a command line. */
export type HttpClient = (request: HttpRequest) => Promise<HttpAnswer>

/** curl's configuration for a request, passed on standard input: URL, token and body stay out of the process list. */
export function curlConfig({ method = 'GET', url, token, body }: HttpRequest): string {
  return [
    `url = ${quoted(url)}`,
    `request = ${quoted(method)}`,
    token === undefined ? '' : `header = ${quoted(`Authorization: Bearer ${token}`)}`,
    body === undefined
      ? ''
      : `header = "Content-Type: application/json"\ndata-raw = ${quoted(JSON.stringify(body))}`,
  ]
    .filter(Boolean)
    .join('\n')
}

/** Uses curl in a container, which can resolve the names of the other containers. */
export function httpFrom(session: ServerSession, container: string): HttpClient {
  return async request => {
    const result = await session.run(
      ['docker', 'exec', '-i', container, 'curl', '-sS', '-m', '30', '-w', '\n%{http_code}', '-K', '-'],
      { input: `${curlConfig(request)}\n`, timeoutMs: 60_000 },
    )
    const cut = result.stdout.lastIndexOf('\n')
    return {
      status: Number(result.stdout.slice(cut + 1)) || 0,
      body: parseRecord(result.stdout.slice(0, cut)) ?? {},
    }
  }
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`
}
