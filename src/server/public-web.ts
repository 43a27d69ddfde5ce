import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'

export interface WebRequest {
  readonly url: string
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: unknown
}

/** Texts are untrusted. */
export interface WebAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface CertificateFacts {
  readonly validFrom: Date
  readonly validTo: Date
  /** Node's code for what is wrong with it, such as `CERT_HAS_EXPIRED`; absent where a browser would trust it. */
  readonly problem?: string
}

/** `name`: the name does not exist. `resolver`: DNS gave no answer. `challenge`: Cloudflare takes this machine for a bot. */
export type WebFailureKind =
  | 'name'
  | 'resolver'
  | 'connection'
  | 'certificate'
  | 'timeout'
  | 'answer'
  | 'challenge'

/** There was no usable answer. The message is a clause without a full stop, and holds nothing that the server sent. */
export class WebFailure extends Error {
  override readonly name = 'WebFailure'
  readonly kind: WebFailureKind

  constructor(kind: WebFailureKind, message: string, cause?: unknown) {
    super(message, { cause })
    this.kind = kind
  }
}

/** What the internet sees of a server. HTTPS only. */
export interface PublicWeb {
  /** False where the name has no address, as far as this machine can tell. */
  exists(host: string): Promise<boolean>
  /** Follows redirects of a GET without headers, to https only. @throws WebFailure */
  ask(request: WebRequest, signal: AbortSignal): Promise<WebAnswer>
  /** Also of a certificate that is not valid. @throws WebFailure */
  certificate(host: string, port: number, signal: AbortSignal): Promise<CertificateFacts>
}

/** How tests reach a server without a public name. */
export interface WebOptions {
  readonly resolve?: (host: string) => Promise<string>
  /** PEM of a certificate authority that is trusted beside the usual ones. */
  readonly authority?: string
}

const mostBytes = 512 * 1024
const mostRedirects = 5

/** How connections are made. */
interface Connections {
  readonly lookup: LookupFunction
  readonly ca?: string
}

export function publicWeb({ resolve, authority }: WebOptions = {}): PublicWeb {
  const addressOf = async (host: string): Promise<LookupAddress> => {
    if (resolve === undefined) return lookup(host)
    return { address: await resolve(host), family: 4 }
  }
  const connections: Connections = {
    lookup: (host, options, done) => {
      addressOf(host).then(
        found => (options.all === true ? done(null, [found]) : done(null, found.address, found.family)),
        (error: NodeJS.ErrnoException) => done(error, ''),
      )
    },
    ...(authority !== undefined && { ca: authority }),
  }
  return {
    exists: host =>
      addressOf(host).then(
        () => true,
        () => false,
      ),
    ask: (request, signal) => following(connections, request, signal),
    certificate: (host, port, signal) => certificateOf(connections, host, port, signal),
  }
}

async function following(
  connections: Connections,
  request: WebRequest,
  signal: AbortSignal,
): Promise<WebAnswer> {
  const isPlain = (request.method ?? 'GET') === 'GET' && request.headers === undefined
  let { url } = request
  for (let redirects = 0; ; redirects += 1) {
    if (!isHttps(url)) throw new WebFailure('answer', 'an address does not begin with https://')
    const found = await once(connections, { ...request, url }, signal)
    const { location } = found.headers
    if (!isPlain || found.status < 300 || found.status > 399 || location === undefined) return found
    if (redirects === mostRedirects || !URL.canParse(location, url))
      throw new WebFailure('answer', `${originOf(request.url)} redirects without an end`)
    url = new URL(location, url).href
  }
}

function once(
  connections: Connections,
  { url, method = 'GET', headers = {}, body }: WebRequest,
  signal: AbortSignal,
): Promise<WebAnswer> {
  const content = body === undefined ? undefined : JSON.stringify(body)
  const { promise, resolve, reject } = Promise.withResolvers<WebAnswer>()
  const request = httpsRequest(url, {
    method,
    signal,
    agent: false,
    ...connections,
    headers: {
      accept: 'application/json, text/html;q=0.9',
      'user-agent': 'matrix-auth-actions doctor',
      ...(content === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
  })
  request.on('error', error => reject(failureOf(error, url)))
  request.on('response', response => bodyOf(response, url).then(resolve, reject))
  request.end(content)
  return promise
}

/** @throws WebFailure if it is too long, or ends too early. */
async function bodyOf(response: IncomingMessage, url: string): Promise<WebAnswer> {
  const parts: Buffer[] = []
  let size = 0
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      size += part.length
      if (size > mostBytes)
        throw new WebFailure('answer', `${originOf(url)} sent more than ${mostBytes} bytes`)
      parts.push(part)
    }
  } catch (error) {
    throw error instanceof WebFailure ? error : failureOf(error, url)
  }
  const { statusCode: status = 0, headers } = response
  return { status, headers, body: Buffer.concat(parts).toString('utf8') }
}

async function certificateOf(
  connections: Connections,
  host: string,
  port: number,
  signal: AbortSignal,
): Promise<CertificateFacts> {
  const { promise, resolve, reject } = Promise.withResolvers<CertificateFacts>()
  const socket = connect({ host, port, servername: host, rejectUnauthorized: false, ...connections })
  const abort = () => socket.destroy(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  socket.on('error', error => reject(failureOf(error, `https://${host}`)))
  socket.on('close', () => reject(new WebFailure('connection', `${host} closed the connection`)))
  socket.on('secureConnect', () => {
    resolve(certificateFacts(socket))
    socket.end()
  })
  return promise.finally(() => signal.removeEventListener('abort', abort))
}

function certificateFacts(socket: TLSSocket): CertificateFacts {
  const { valid_from, valid_to } = socket.getPeerCertificate()
  const { authorizationError } = socket
  const problem = authorizationError instanceof Error ? codeOf(authorizationError) : authorizationError
  return {
    validFrom: new Date(valid_from),
    validTo: new Date(valid_to),
    ...(socket.authorized || !problem ? {} : { problem: String(problem) }),
  }
}

function isHttps(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'https:'
}

function originOf(url: string): string {
  return new URL(url).origin
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

const kinds: Readonly<Record<string, readonly [WebFailureKind, (host: string) => string]>> = {
  ENOTFOUND: ['name', host => `the name ${host} does not exist in DNS`],
  EAI_AGAIN: ['resolver', host => `DNS gave no answer about ${host}`],
  ECONNREFUSED: ['connection', host => `${host} refuses the connection`],
  ECONNRESET: ['connection', host => `${host} ended the connection`],
  EHOSTUNREACH: ['connection', host => `there is no route to ${host}`],
  ENETUNREACH: ['connection', host => `there is no route to ${host}`],
  ETIMEDOUT: ['timeout', host => `${host} does not answer`],
  ABORT_ERR: ['timeout', host => `${host} does not answer in time`],
}

/** Node's codes of what is wrong with a certificate. */
const certificateCode =
  /^(?:CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|INVALID_CA|HOSTNAME_MISMATCH)/

function failureOf(error: unknown, url: string): WebFailure {
  const { hostname } = new URL(url)
  const inner = error instanceof AggregateError ? error.errors[0] : error
  const code = isAbort(error) ? 'ABORT_ERR' : codeOf(inner)
  const [kind, text] = kinds[code] ?? [
    certificateCode.test(code) ? 'certificate' : 'connection',
    (host: string) =>
      certificateCode.test(code) ? `the certificate of ${host} is not valid` : `${host} gave no valid answer`,
  ]
  return new WebFailure(kind, text(hostname), error)
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError')
}
