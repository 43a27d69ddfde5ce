import { describe, expect, test } from 'vitest'
import type { PasswordScheme } from './standin/config.ts'
import { uriConfig } from './standin/database.ts'
import { databaseCauses, Failure, formatFailure } from './standin/failure.ts'
import { formatLine } from './standin/log.ts'
import { Passwords } from './standin/passwords.ts'
import { historyOf } from './standin/schema/history.ts'
import { tablesOf } from './standin/schema/tables.ts'
import { ClientAddress } from './standin/server/address.ts'
import { retryDelay } from './standin/server/jobs.ts'
import { Limiter } from './standin/server/limiter.ts'
import { progressLine } from './standin/syn2mas/progress.ts'
import { localpart } from './standin/syn2mas/state.ts'
import { Section } from './standin/yaml-values.ts'

const bcryptScheme: PasswordScheme = {
  version: 1,
  algorithm: 'bcrypt',
  cost: 4,
  secret: 'pepper',
  unicodeNormalization: true,
}
const argonScheme: PasswordScheme = { version: 2, algorithm: 'argon2id', unicodeNormalization: false }
const passwords = (...schemes: readonly PasswordScheme[]) =>
  new Passwords({ enabled: true, schemes, minimumComplexity: 3 })

describe('passwords', () => {
  test.each<PasswordScheme>([
    bcryptScheme,
    { ...argonScheme, secret: 'pepper' },
    { version: 3, algorithm: 'pbkdf2', unicodeNormalization: true },
  ])('$algorithm verifies what it hashed, and nothing with another pepper', async scheme => {
    const manager = passwords(scheme)
    const stored = await manager.hash('secret-é')
    expect(await manager.verify('secret-é', stored)).toEqual({ right: true })
    expect(await manager.verify('wrong', stored)).toEqual({ right: false })
    expect(await passwords({ ...scheme, secret: 'other' }).verify('secret-é', stored)).toEqual({
      right: false,
    })
  })

  test('a hash of an older scheme is replaced by one of the highest; without normalisation there, the other spelling is locked out', async () => {
    const stored = await passwords(bcryptScheme).hash('é')
    const both = passwords(argonScheme, bcryptScheme)
    const verdict = await both.verify('e\u0301', stored)
    if (!verdict.right || verdict.upgrade === undefined) throw new Error('no new hash')
    expect(verdict.upgrade.version).toBe(2)
    expect(await both.verify('e\u0301', verdict.upgrade)).toEqual({ right: true })
    expect(await both.verify('\u00e9', verdict.upgrade)).toEqual({ right: false })
  })

  test("reads a hash as Synapse's own bcrypt writes it", async () => {
    const stored = { version: 1, hash: '$2b$04$XoG4Zgb2Z0bwMdBCP2GMkO1fwz8vmxVOUXH1U5rUZ4ZSBEKFMoHpC' }
    expect(await passwords(bcryptScheme).verify('anything', stored)).toEqual({ right: false })
  })
})

describe('limits', () => {
  test('three at once, then one every twenty seconds, for each address', () => {
    let now = 0
    const limiter = new Limiter({ burst: 3, perSecond: 3 / 60 }, () => now)
    expect([1, 2, 3, 4].map(() => limiter.take('a'))).toEqual([true, true, true, false])
    expect(limiter.take('b')).toBe(true)
    now = 19
    expect(limiter.take('a')).toBe(false)
    now = 20.1
    expect(limiter.take('a')).toBe(true)
  })

  test('an untrusted proxy stands for all its users, a trusted one does not', () => {
    const trusting = new ClientAddress(['10.0.0.0/8', '::1/128'])
    expect(trusting.of('::ffff:10.1.2.3', '203.0.113.7, 10.9.9.9')).toBe('203.0.113.7')
    expect(trusting.of('192.0.2.1', '203.0.113.7')).toBe('192.0.2.1')
  })

  test('a failed job waits 5, 10, 20 seconds', () => {
    expect([0, 1, 2].map(retryDelay)).toEqual([5000, 10_000, 20_000])
  })
})

describe('lines', () => {
  const now = new Date('2026-01-02T03:04:05.678Z')
  const place = { module: 'mas_cli::sync', line: 7, span: 'cli.sync', file: 'crates/cli/src/sync.rs' }

  test('look as each version writes them', () => {
    expect(formatLine('1.22', now, 'WARN', place, 'text', { a: 1 })).toMatch(
      /^2026-01-02T03:04:05\.678\d{3}Z {2}WARN mas_cli::sync:7 text a=1$/,
    )
    expect(formatLine('0.13', now, 'ERROR', place, 'text')).toMatch(
      /Z ERROR cli\.sync: mas_cli::sync: crates\/cli\/src\/sync\.rs:7: text$/,
    )
    expect(formatLine('1.22', now, 'INFO', 'progress', 'text')).toMatch(/Z {2}INFO progress text$/)
  })

  test('progress copes with an estimate of nothing', () => {
    expect(progressLine('users', { migrated: 3, skipped: 1 }, 8)).toBe(
      'migrating users: 3 (1 skipped) /~8 (~50.0%)',
    )
    expect(progressLine('users', { migrated: 3, skipped: 0 }, 0)).toBe(
      'migrating users: 3 (0 skipped) /~0 (~inf%)',
    )
    expect(progressLine('users', { migrated: 0, skipped: 0 }, 0)).toBe(
      'migrating users: 0 (0 skipped) /~0 (~NaN%)',
    )
  })

  test('one cause stands alone, several are numbered', () => {
    expect(formatFailure(new Failure('top', ['why']))).toBe('Error: top\n\nCaused by:\n    why')
    expect(formatFailure(new Failure('top', ['why', 'deep']))).toBe(
      'Error: top\n\nCaused by:\n    0: why\n    1: deep',
    )
    expect(databaseCauses(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }))[1]).toBe(
      'Connection refused (os error 111)',
    )
  })
})

describe('configuration', () => {
  test('names a wrong type with the key and the file', () => {
    const section = new Section({ enabled: 'only_for_reauth' }, 'password_config', '', 'h3.yaml')
    expect(() => section.flag('enabled', true)).toThrow(
      'invalid type: found string "only_for_reauth", expected a boolean for key "default.password_config.enabled" in h3.yaml YAML file',
    )
  })

  test('understands connection strings, sockets among them', () => {
    expect(uriConfig('postgresql://u:p%40@db.example.test:5433/mas')).toMatchObject({
      host: 'db.example.test',
      port: 5433,
      user: 'u',
      password: 'p@',
      database: 'mas',
    })
    expect(uriConfig('postgres://u@%2Frun%2Fpostgresql/mas').host).toBe('/run/postgresql')
    expect(uriConfig('postgresql:///mas?host=/run/postgresql').host).toBe('/run/postgresql')
  })

  test('a local part ends at the first colon, and the server must be ours', () => {
    expect(localpart('@a:example.test', 'example.test')).toBe('a')
    expect(() => localpart('@a:other.test', 'example.test')).toThrow(
      'wrong server name: expected "example.test", got "other.test"',
    )
    expect(() => localpart('a:example.test', 'example.test')).toThrow('does not start with `@` sigil')
  })
})

describe('the schema', () => {
  test('of 1.22 has 167 migrations behind it, that of 0.13 has 49', () => {
    expect(historyOf('1.22')).toHaveLength(167)
    expect(historyOf('0.13')).toHaveLength(49)
  })

  test('has in 0.13 the columns that the Node tool writes', () => {
    const columns = new Map(tablesOf('0.13').map(table => [table.name, table.columns]))
    expect(columns.get('user_emails')).toContain('confirmed_at')
    expect(columns.get('users')).toContain('primary_user_email_id')
    expect(columns.get('users')).not.toContain('deactivated_at')
    expect(columns.has('user_unsupported_third_party_ids')).toBe(false)
  })
})
