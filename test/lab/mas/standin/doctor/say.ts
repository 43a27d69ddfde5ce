import { type Level, log } from '../log.ts'

const docs = 'https://element-hq.github.io/matrix-authentication-service'
export const homeserverPage = `See ${docs}/setup/homeserver.html`
export const proxyPage = `See ${docs}/setup/reverse-proxy.html`

/** A finding of doctor: a first line that says it, and more below. Only the first line carries level and place. */
export function say(level: Level, line: number, first: string, ...more: readonly string[]): void {
  const place = {
    module: 'mas_cli::commands::doctor',
    line,
    span: 'cli.doctor',
    file: 'crates/cli/src/commands/doctor.rs',
  }
  log(level, place, [first, ...more].join('\n'))
}

/** An answer over HTTP, or why there was none, in the words of the real one's HTTP client. */
export type Answer =
  | { readonly kind: 'answer'; readonly status: number; readonly body: string }
  | { readonly kind: 'failure'; readonly details: string }

export type Ask = (url: string, token?: string) => Promise<Answer>

/** Asks for real. */
export async function askHttp(url: string, token?: string): Promise<Answer> {
  try {
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(60_000) })
    return { kind: 'answer', status: response.status, body: await response.text() }
  } catch {
    return { kind: 'failure', details: `error sending request for url (${url})` }
  }
}

export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

/** `404 Not Found`. */
export function statusText(status: number): string {
  const reason = reasons[status]
  return reason === undefined ? String(status) : `${status} ${reason}`
}
