import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publicWeb, WebFailure } from '../../src/server/public-web.ts'

const host = 'matrix.example.test'
let folder = ''
let certificate = ''
let server: Server
let port = 0

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'maa-web-'))
  const [key, crt] = [join(folder, 'key'), join(folder, 'crt')]
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-keyout', key, '-out', crt, '-days', '9', '-subj', `/CN=${host}`],
      ...['-addext', `subjectAltName=DNS:${host}`],
    ],
    { stdio: 'ignore' },
  )
  certificate = readFileSync(crt, 'utf8')
  server = createServer({ key: readFileSync(key), cert: certificate }, (request, response) => {
    const { url = '' } = request
    if (url === '/silent') return
    if (url === '/large') {
      response.end(Buffer.alloc(1024 * 1024, 'x'))
      return
    }
    const redirects: Readonly<Record<string, string>> = {
      '/once': '/echo',
      '/forever': '/forever',
      '/plain': 'http://matrix.example.test/echo',
    }
    if (url in redirects) {
      response.writeHead(301, { location: redirects[url] }).end()
      return
    }
    let body = ''
    request.setEncoding('utf8').on('data', part => {
      body += part
    })
    request.on('end', () => {
      const { method, headers } = request
      response.end(JSON.stringify({ method, url, body, authorization: headers.authorization }))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true })
})

const trusting = () => publicWeb({ resolve: async () => '127.0.0.1', authority: certificate })
const url = (path: string, name = host) => `https://${name}:${port}${path}`
const soon = () => AbortSignal.timeout(20_000)
const kindOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'answer',
    error => (error as WebFailure).kind,
  )

test('asks a server by its name, with a body as JSON', async () => {
  const headers = { authorization: 'Bearer x' }
  const { status, body } = await trusting().ask(
    { url: url('/echo'), method: 'POST', headers, body: { a: 1 } },
    soon(),
  )
  expect([status, JSON.parse(body)]).toEqual([
    200,
    { method: 'POST', url: '/echo', body: '{"a":1}', authorization: 'Bearer x' },
  ])
})

test('follows a redirect, but not for ever, not away from https, and not with headers', async () => {
  const web = trusting()
  expect(JSON.parse((await web.ask({ url: url('/once') }, soon())).body).url).toBe('/echo')
  expect(await kindOf(web.ask({ url: url('/forever') }, soon()))).toBe('answer')
  await expect(web.ask({ url: url('/forever') }, soon())).rejects.toThrow('redirects without an end')
  await expect(web.ask({ url: url('/plain') }, soon())).rejects.toThrow('does not begin with https://')
  const { status } = await web.ask({ url: url('/once'), headers: { authorization: 'Bearer x' } }, soon())
  expect(status).toBe(301)
})

test('says why there is no answer, each reason with its kind', async () => {
  const web = trusting()
  expect(await kindOf(web.ask({ url: url('/silent') }, AbortSignal.timeout(300)))).toBe('timeout')
  expect(await kindOf(web.ask({ url: `https://${host}:1/` }, soon()))).toBe('connection')
  expect(await kindOf(web.ask({ url: url('/echo', 'other.example.test') }, soon()))).toBe('certificate')
  expect(
    await kindOf(publicWeb({ resolve: async () => '127.0.0.1' }).ask({ url: url('/echo') }, soon())),
  ).toBe('certificate')
  const missing = publicWeb({
    resolve: () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })),
  })
  expect(await kindOf(missing.ask({ url: url('/echo') }, soon()))).toBe('name')
  expect(await missing.exists(host)).toBe(false)
  expect(await web.exists(host)).toBe(true)
})

test('an answer that is too large is refused', async () => {
  await expect(trusting().ask({ url: url('/large') }, soon())).rejects.toThrow('sent more than 524288 bytes')
})

test('sees a certificate, also one that is not valid, and how long it is valid', async () => {
  const good = await trusting().certificate(host, port, soon())
  expect(good.problem).toBeUndefined()
  expect(Math.round((good.validTo.getTime() - good.validFrom.getTime()) / 86_400_000)).toBe(9)
  expect((await trusting().certificate('other.example.test', port, soon())).problem).toBe(
    'ERR_TLS_CERT_ALTNAME_INVALID',
  )
  const stranger = publicWeb({ resolve: async () => '127.0.0.1' })
  expect((await stranger.certificate(host, port, soon())).problem).toBe('DEPTH_ZERO_SELF_SIGNED_CERT')
  const refused = trusting().certificate(host, 1, soon())
  await expect(refused).rejects.toThrow(WebFailure)
})
