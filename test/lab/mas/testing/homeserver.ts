import { createServer } from 'node:http'

/** The part of Synapse that MAS calls: takes every device and says that every name is free. */
export interface FakeHomeserver {
  readonly url: string
  /** Method and path with body, in the order in which they came. */
  readonly calls: readonly string[]
  /** Makes it answer 500 to what would make a device. */
  refuseDevices(refuse: boolean): void
  stop(): Promise<void>
}

export async function startHomeserver(): Promise<FakeHomeserver> {
  const calls: string[] = []
  let refusing = false
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(Buffer.from(part))
    const path = request.url ?? ''
    calls.push(`${request.method} ${path} ${Buffer.concat(parts).toString('utf8')}`.trim())
    const refused = refusing && path.includes('upsert_device')
    response.writeHead(refused ? 500 : 200, { 'content-type': 'application/json' }).end('{}')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    calls,
    refuseDevices(refuse) {
      refusing = refuse
    },
    stop: () =>
      new Promise(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
