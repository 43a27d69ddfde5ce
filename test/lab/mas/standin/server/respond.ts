import type { IncomingMessage } from 'node:http'

/** What a handler answers; the body goes out as JSON unless it is a text. */
export interface Reply {
  readonly status: number
  readonly body: unknown
  /** Otherwise that of a text, or of JSON. */
  readonly contentType?: string
}

export interface Request {
  readonly method: string
  /** Without the listener's prefix. */
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
  readonly address: string
}

/** An error as the Matrix specification shapes it. */
export function matrixError(status: number, errcode: string, error: string): Reply {
  return { status, body: { errcode, error } }
}

export const internalError = matrixError(500, 'M_UNKNOWN', 'Internal server error')

export function bearerToken(request: Request): string | undefined {
  return /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
}
