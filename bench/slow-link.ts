import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface SlowLink {
  /** On 127.0.0.1. */
  readonly port: number
  close(): void
}

/** Passes connections on to `host`, and holds every byte back for half of `roundTripMs` in each direction. */
export async function slowLink(host: string, port: number, roundTripMs: number): Promise<SlowLink> {
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, near => {
    const far = connect({ host, port, allowHalfOpen: true })
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      passOn(from, to, roundTripMs / 2)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** Timers of the same length run in the order in which they were set. */
function passOn(from: Socket, to: Socket, ms: number): void {
  from.setNoDelay(true)
  from.on('data', chunk => setTimeout(() => to.write(chunk), ms))
  from.on('end', () => setTimeout(() => to.end(), ms))
  from.on('error', () => to.destroy())
}
