import { crc32 } from 'node:zlib'

/** A small seeded generator (sfc32): the same numbers for the same seed and stream, on every machine. Not for secrets. */
export interface Random {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number
  chance(probability: number): boolean
  pick<T>(values: readonly [T, ...T[]]): T
  /** `length` characters of `alphabet`. */
  text(length: number, alphabet: string): string
}

/** `stream` keeps the numbers of one account apart from those of every other one. */
export function randomOf(seed: number, stream: number): Random {
  let a = seed | 0
  let b = stream | 0
  let c = 0x9e3779b9 | 0
  let counter = 1
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    return t >>> 0
  }
  for (let round = 0; round < 15; round += 1) next()
  const below = (limit: number): number => Math.floor((next() / 2 ** 32) * limit)
  return {
    below,
    chance: probability => next() / 2 ** 32 < probability,
    pick: values => values[below(values.length)] ?? values[0],
    text: (length, alphabet) =>
      Array.from({ length }, () => alphabet.charAt(below(alphabet.length))).join(''),
  }
}

export const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
export const digits = '0123456789'
const small = capitals.toLowerCase()
export const letters = `${small}${capitals}`

const base62 = `${digits}${capitals}${small}`

/** The end of a token: the CRC-32 of what stands before it, in base 62, at least six characters. Synapse refuses a refresh token without. */
export function tokenChecksum(body: string): string {
  let rest = crc32(body)
  let checksum = ''
  while (rest > 0) {
    checksum = base62.charAt(rest % 62) + checksum
    rest = Math.floor(rest / 62)
  }
  return checksum.padStart(6, '0')
}

/**
 * A token in Synapse's form: `syt_BASE64(localpart)_RANDOM_CHECKSUM` for access, `syr_…` for refresh
 * (synapse/handlers/auth.py, `generate_access_token`, `_verify_refresh_token`).
 */
export function synapseToken(kind: 'syt' | 'syr', localpart: string, random: Random): string {
  const name = Buffer.from(localpart, 'utf8').toString('base64').replace(/=+$/, '')
  const body = `${kind}_${name}_${random.text(20, letters)}`
  return `${body}_${tokenChecksum(body)}`
}
