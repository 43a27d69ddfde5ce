import { pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto'
import { argon2id, argon2Verify, bcrypt, bcryptVerify } from 'hash-wasm'
import type { PasswordScheme, PasswordsConfig } from './config.ts'
import { Failure } from './failure.ts'

const bcryptBytes = 72
const pbkdf2Rounds = 600_000

/** What is hashed: normalised where the scheme says so, as Synapse always does, with the pepper behind it. */
function peppered(scheme: PasswordScheme, password: string): Buffer {
  const text = normalised(scheme, password)
  return Buffer.from(`${text}${scheme.secret ?? ''}`, 'utf8')
}

function normalised(scheme: PasswordScheme, password: string): string {
  return scheme.unicodeNormalization ? password.normalize('NFKC') : password
}

/** argon2id takes the pepper as its secret; the others have it behind the password. */
function argonSecret(scheme: PasswordScheme): { secret?: string } {
  return scheme.secret === undefined || scheme.secret === '' ? {} : { secret: scheme.secret }
}

async function hashWith(scheme: PasswordScheme, password: string): Promise<string> {
  if (scheme.algorithm === 'bcrypt') {
    const options = { salt: randomBytes(16), costFactor: scheme.cost ?? 12, outputType: 'encoded' as const }
    return bcrypt({ password: peppered(scheme, password).subarray(0, bcryptBytes), ...options })
  }
  if (scheme.algorithm === 'pbkdf2') return pbkdf2(peppered(scheme, password), randomBytes(16), pbkdf2Rounds)
  return argon2id({
    password: normalised(scheme, password),
    salt: randomBytes(16),
    iterations: 2,
    parallelism: 1,
    memorySize: 19 * 1024,
    hashLength: 32,
    outputType: 'encoded',
    ...argonSecret(scheme),
  })
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}

function pbkdf2(password: Buffer, salt: Buffer, rounds: number): string {
  const hash = pbkdf2Sync(password, salt, rounds, 32, 'sha256')
  return `$pbkdf2-sha256$i=${rounds},l=32$${base64(salt)}$${base64(hash)}`
}

async function verifyWith(scheme: PasswordScheme, password: string, hash: string): Promise<boolean> {
  if (scheme.algorithm === 'bcrypt') {
    return bcryptVerify({ password: peppered(scheme, password).subarray(0, bcryptBytes), hash })
  }
  if (scheme.algorithm === 'argon2id') {
    return argon2Verify({ password: normalised(scheme, password), hash, ...argonSecret(scheme) })
  }
  const [, , parameters = '', salt = ''] = hash.split('$')
  const rounds = Number(/i=(\d+)/.exec(parameters)?.[1] ?? 0)
  const again = Buffer.from(pbkdf2(peppered(scheme, password), Buffer.from(salt, 'base64'), rounds))
  const expected = Buffer.from(hash)
  return again.length === expected.length && timingSafeEqual(again, expected)
}

export interface HashedPassword {
  readonly version: number
  readonly hash: string
}

/** The outcome of a check: wrong, or right, with a new hash where the old one was not of the highest scheme. */
export type Verdict = { readonly right: false } | { readonly right: true; readonly upgrade?: HashedPassword }

/** MAS's password schemes: the highest version hashes, all of them verify. */
export class Passwords {
  readonly enabled: boolean
  readonly #schemes: readonly PasswordScheme[]
  readonly #minimumComplexity: number

  constructor(config: PasswordsConfig) {
    this.enabled = config.enabled
    this.#schemes = config.schemes
    this.#minimumComplexity = config.minimumComplexity
  }

  async hash(password: string): Promise<HashedPassword> {
    const [scheme] = this.#schemes
    if (scheme === undefined) throw new Failure('Iterator must have at least one item')
    return { version: scheme.version, hash: await hashWith(scheme, password) }
  }

  /** The new hash is of the password as typed: with another normalisation than the old scheme's it fits other spellings. */
  async verify(password: string, stored: HashedPassword): Promise<Verdict> {
    const scheme = this.#schemes.find(({ version }) => version === stored.version)
    if (scheme === undefined) throw new Failure('Hashing scheme not found')
    if (!(await verifyWith(scheme, password, stored.hash))) return { right: false }
    if (scheme === this.#schemes[0]) return { right: true }
    return { right: true, upgrade: await this.hash(password) }
  }

  /** A rough estimate in place of zxcvbn: length and the kinds of characters, in MAS's grades 0 to 4. */
  isComplexEnough(password: string): boolean {
    const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter(kind => kind.test(password)).length
    const bits = new Set(password).size * Math.log2(1 + kinds * 15)
    const grade = bits < 20 ? 0 : bits < 30 ? 1 : bits < 40 ? 2 : bits < 55 ? 3 : 4
    return grade >= this.#minimumComplexity
  }
}
