import { randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'

export type TokenType = 'compat-access' | 'compat-refresh' | 'oauth'

const prefixes = {
  mct: 'compat-access',
  mcr: 'compat-refresh',
  mat: 'oauth',
  mar: 'oauth',
  mpt: 'oauth',
} as const
const characters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Base 62 as MAS writes the checksum at a token's end: lowest digit first, filled up to six in front. */
function base62(value: number): string {
  let text = ''
  for (let rest = value; rest > 0; rest = Math.floor(rest / 62)) text += characters[rest % 62] ?? ''
  return text.padStart(6, '0')
}

/** A random text of letters and digits. */
export function randomText(length: number): string {
  return Array.from({ length }, () => characters[randomInt(62)] ?? '').join('')
}

/** A token of MAS's shape: prefix, 30 random characters, checksum. */
export function newToken(prefix: 'mct' | 'mcr'): string {
  const base = `${prefix}_${randomText(30)}`
  return `${base}_${base62(crc32(base))}`
}

/**
 * What a token can be by its looks; undefined where MAS would not even look it up.
 * `syt_` and `syr_` are Synapse's, taken over by syn2mas, and `MDAx…` are its tokens of old.
 */
export function tokenType(token: string): TokenType | undefined {
  if (token.startsWith('syt_') || token.startsWith('MDAx')) return 'compat-access'
  if (token.startsWith('syr_')) return 'compat-refresh'
  const [prefix, random, checksum, ...rest] = token.split('_')
  if (prefix === undefined || random?.length !== 30 || checksum === undefined || rest.length > 0)
    return undefined
  const type = Object.entries(prefixes).find(([name]) => name === prefix)?.[1]
  return type !== undefined && base62(crc32(`${prefix}_${random}`)) === checksum ? type : undefined
}
