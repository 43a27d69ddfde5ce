import { randomBytes } from 'node:crypto'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Random bytes are cheaper by the thousand: a migration makes some of them for each row. */
let pool = Buffer.alloc(0)

function randomHex(bytes: number): string {
  if (pool.length < bytes) pool = randomBytes(10_000)
  const taken = pool.toString('hex', 0, bytes)
  pool = pool.subarray(bytes)
  return taken
}

/** A ULID for a moment (milliseconds since 1970), in the form that MAS stores: a UUID of the same 128 bits. */
export function newId(milliseconds: number = Date.now()): string {
  const time = Math.max(0, Math.floor(milliseconds)).toString(16).padStart(12, '0')
  return toUuid(time + randomHex(10))
}

function toUuid(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** The moment in a ULID, in milliseconds. */
export function timeOf(uuid: string): number {
  return Number.parseInt(uuid.replaceAll('-', '').slice(0, 12), 16)
}

/** How MAS shows an id: 26 characters of Crockford's base 32. */
export function toUlid(uuid: string): string {
  let rest = BigInt(`0x${uuid.replaceAll('-', '')}`)
  let text = ''
  for (let index = 0; index < 26; index += 1) {
    text = (alphabet[Number(rest & 31n)] ?? '') + text
    rest >>= 5n
  }
  return text
}

const shape = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/

/** @throws RangeError where the text is no ULID. */
export function fromUlid(ulid: string): string {
  if (!shape.test(ulid)) throw new RangeError(`not a ULID: ${ulid}`)
  let bits = 0n
  for (const character of ulid) bits = (bits << 5n) | BigInt(alphabet.indexOf(character))
  return toUuid(bits.toString(16).padStart(32, '0'))
}

export function isUlid(text: string): boolean {
  return shape.test(text)
}
