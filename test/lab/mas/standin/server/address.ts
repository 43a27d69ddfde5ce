import { BlockList, isIPv6 } from 'node:net'

function plain(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address
}

function family(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4'
}

/**
 * Tells whose request it is: the peer, or where the peer is a trusted proxy, the last address in X-Forwarded-For that is none.
 * Behind a proxy that is not trusted all users share its address, and with it the limit on logins.
 */
export class ClientAddress {
  readonly #trusted = new BlockList()

  constructor(trustedProxies: readonly string[]) {
    for (const range of trustedProxies) {
      const [address = '', bits] = range.split('/')
      if (bits === undefined) this.#trusted.addAddress(address, family(address))
      else this.#trusted.addSubnet(address, Number(bits), family(address))
    }
  }

  of(peer: string | undefined, forwardedFor: string | undefined): string {
    const addresses = [...(forwardedFor ?? '').split(',').map(text => text.trim()), peer ?? '']
    const named = addresses.filter(text => text !== '').map(plain)
    const client = named.findLast(address => !this.#trusted.check(address, family(address)))
    return client ?? named[0] ?? ''
  }
}
