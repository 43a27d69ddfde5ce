import type { Dialect } from '../../../src/domain/stage.ts'

export type Database = 'synapse' | 'matrix_authentication_service'

/**
 * Who is asked. `client`: what users talk to. `login`: where a user's login, logout and refresh end up, MAS's compatibility
 * layer once it is live. `synapse`: the main process itself, for its admin API. `worker`: a worker's own port.
 */
export type Audience = 'client' | 'login' | 'synapse' | 'worker'

export interface HttpRequest {
  readonly to: Audience
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** From the root, with the query: `/_matrix/client/versions`. */
  readonly path: string
  readonly token?: string
  /** Sent as JSON. */
  readonly body?: unknown
  /** Default 10,000. */
  readonly timeoutMs?: number
}

export interface HttpResponse {
  /** 0: no answer. */
  readonly status: number
  /** The JSON of the answer; undefined where it was none. */
  readonly body: unknown
}

export type Http = (request: HttpRequest) => Promise<HttpResponse>

/** Runs SQL as psql does from its standard input (so with inline COPY data), gives the rows' cells as text. */
export type Sql = (database: Database, text: string) => Promise<string[][]>

/** A homeserver to fill, to live on and to examine. */
export interface World {
  readonly dialect: Dialect
  readonly serverName: string
  readonly http: Http
  readonly sql: Sql
}

/** The field of a JSON object, or undefined. */
export function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}

export function textField(value: unknown, name: string): string | undefined {
  const field = fieldOf(value, name)
  return typeof field === 'string' ? field : undefined
}

export function numberField(value: unknown, name: string): number | undefined {
  const field = fieldOf(value, name)
  return typeof field === 'number' ? field : undefined
}

/** `http` over fetch. An audience without its own address is asked at `client`. Never rejects: status 0 means no answer. */
export function httpOver(bases: { readonly client: string } & Partial<Record<Audience, string>>): Http {
  return async request => {
    const base = (bases[request.to] ?? bases.client).replace(/\/$/, '')
    try {
      const response = await fetch(base + request.path, {
        method: request.method,
        redirect: 'manual',
        signal: AbortSignal.timeout(request.timeoutMs ?? 10_000),
        headers: {
          ...(request.token === undefined ? {} : { authorization: `Bearer ${request.token}` }),
          ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      })
      const text = await response.text()
      return { status: response.status, body: parsed(text) }
    } catch {
      return { status: 0, body: undefined }
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function wait(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}
