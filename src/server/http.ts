import type { ServerSession } from './session.ts'

export interface HttpRequest {
  readonly url: string
  readonly token?: string
}

export interface HttpAnswer {
  /** 0 where there was no answer. */
  readonly status: number
}

/** Sends a GET request from the server. Neither request nor response appear on a command line. */
export type HttpClient = (request: HttpRequest) => Promise<HttpAnswer>

/** curl's configuration for a request, passed on standard input: URL and token stay out of the process list. */
function curlConfig({ url, token }: HttpRequest): string {
  const header = token === undefined ? '' : `\nheader = ${quoted(`Authorization: Bearer ${token}`)}`
  return `url = ${quoted(url)}${header}\n`
}

/** Uses curl in a container, which can resolve the names of the other containers. */
export function httpFrom(session: ServerSession, container: string): HttpClient {
  return async request => {
    const { stdout } = await session.run(
      [
        ...['docker', 'exec', '-i', container, 'curl', '-sS', '-m', '30'],
        ...['-o', '/dev/null', '-w', '%{http_code}', '-K', '-'],
      ],
      { input: curlConfig(request), timeoutMs: 60_000 },
    )
    return { status: Number(stdout) || 0 }
  }
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`
}
