import { createHash, createHmac } from 'node:crypto'
import { shellWords } from '../support/shell.ts'

/** The entries of a known-hosts file for one host. */
export interface PinnedKeys {
  /** Public keys in SSH's wire format. */
  readonly keys: readonly Buffer[]
  readonly revoked: readonly Buffer[]
  /** Only `@cert-authority` lines name the host. The SSH library does not support them. */
  readonly onlyAuthorities: boolean
  /** The algorithms to offer, so that the server presents a pinned key. */
  readonly algorithms: readonly string[]
}

/**
 * Reads the entries for one host, as OpenSSH's sshd(8) describes the format: plain names with `*`, `?` and `!`, hashed
 * names (`|1|salt|hash`), `[host]:port` for ports other than 22, and the markers `@revoked` and `@cert-authority`.
 * Unlike in ssh(1), a plain `host` entry does not apply to other ports.
 */
export function pinnedKeys(knownHosts: string, host: string, port: number): PinnedKeys {
  const name = knownName(host, port).toLowerCase()
  const keys: Buffer[] = []
  const revoked: Buffer[] = []
  let authorities = 0
  for (const line of knownHosts.split(/\r?\n/)) {
    const entry = parseLine(line)
    if (!entry || !namesHost(entry.names, name)) continue
    if (entry.marker === '@cert-authority') authorities += 1
    else if (entry.marker === '@revoked') revoked.push(entry.key)
    else keys.push(entry.key)
  }
  const usable = keys.filter(key => !revoked.some(bad => bad.equals(key)))
  return {
    keys: usable,
    revoked,
    onlyAuthorities: usable.length === 0 && authorities > 0,
    algorithms: [...new Set(usable.flatMap(algorithmsOf))],
  }
}

function parseLine(line: string): { marker: string | undefined; names: string; key: Buffer } | undefined {
  const words = line.trim().split(/\s+/)
  if (words[0] === undefined || words[0] === '' || words[0].startsWith('#')) return undefined
  const marker = words[0].startsWith('@') ? words.shift() : undefined
  const [names, type, encoded] = words
  if (names === undefined || type === undefined || encoded === undefined) return undefined
  const key = Buffer.from(encoded, 'base64')
  return keyType(key) === type ? { marker, names, key } : undefined
}

/** The type at the start of a public key; '' where the bytes are not a key. */
export function keyType(key: Buffer): string {
  if (key.length < 4) return ''
  const length = key.readUInt32BE(0)
  return length <= 64 && key.length >= 4 + length ? key.toString('latin1', 4, 4 + length) : ''
}

/** How a known-hosts file names a host. */
export function knownName(host: string, port: number): string {
  return port === 22 ? host : `[${host}]:${port}`
}

/** The command that removes the keys of a host from a known-hosts file. It keeps lines with a marker. */
export function removalOf(host: string, port: number, file: string): string {
  return shellWords(['ssh-keygen', '-R', knownName(host, port), '-f', file])
}

/** A sentence for remedies; `result` ends it. */
export function byInit(result: string): string {
  return `Run \`npx matrix-auth-actions init\` in your repository: it shows the fingerprint of the server's host key, to compare with the server's own, and ${result}.`
}

/** As ssh-keygen shows it. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`
}

/** RSA keys are used with SHA-2 only; the SHA-1 signature `ssh-rsa` is not offered. */
function algorithmsOf(key: Buffer): string[] {
  const type = keyType(key)
  return type === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256'] : [type]
}

function namesHost(names: string, host: string): boolean {
  if (names.startsWith('|1|')) return isHashOf(names, host)
  const patterns = names.toLowerCase().split(',')
  if (patterns.some(pattern => pattern.startsWith('!') && globMatches(pattern.slice(1), host))) return false
  return patterns.some(pattern => !pattern.startsWith('!') && globMatches(pattern, host))
}

function isHashOf(hashed: string, host: string): boolean {
  const [, , salt, hash] = hashed.split('|')
  if (!salt || !hash) return false
  const own = createHmac('sha1', Buffer.from(salt, 'base64')).update(host).digest()
  return own.equals(Buffer.from(hash, 'base64'))
}

function globMatches(pattern: string, host: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`).test(host)
}
