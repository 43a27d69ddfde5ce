import { beforeEach, describe, expect, it } from 'vitest'
import { categoriesOf } from './categories.ts'
import type { Ledger } from './ledger.ts'
import { toyHomeserver } from './toy-homeserver.ts'
import {
  type VerifiedRow,
  type VerifyOptions,
  verifyEnded,
  verifyMas,
  verifyUntouched,
  verifyUsers,
} from './verify.ts'
import type { World } from './world.ts'

const tallies = categoriesOf('mas-cli').map(({ name }, place) => ({
  name,
  count: place + 1,
  hash: `${place}00`,
}))
const fingerprints = [{ name: 'users', count: 3, hash: '7' }]

const ledger: Ledger = {
  version: 1,
  dialect: 'mas-cli',
  seed: 1,
  serverName: 'example.test',
  categories: tallies,
  guests: 0,
  guarded: [{ table: 'users', line: 't::text', where: 'true' }],
  fingerprints,
  tokens: [{ what: 'token of anna', userId: '@anna:example.test', token: 'syt_anna' }],
  deadTokens: [{ what: 'puppet token', userId: '@anna:example.test', token: 'syt_puppet' }],
  refreshTokens: [],
  passwords: [{ what: 'anna', localpart: 'anna', userId: '@anna:example.test', password: 'right' }],
  adminTokens: [],
  lockedTokens: [],
  closed: [{ what: 'gone', localpart: 'gone', userId: '@gone:example.test', password: 'was right' }],
  messages: [],
  living: [],
}

function worldOf(mas: readonly (readonly [string, number, string])[], synapse = fingerprints): World {
  const cells = (rows: readonly (readonly [string, number, string])[]): string[][] =>
    rows.map(row => row.map(String))
  return {
    dialect: 'mas-cli',
    serverName: 'example.test',
    http: async () => ({ status: 0, body: undefined }),
    sql: async database =>
      database === 'synapse'
        ? cells(synapse.map(({ name, count, hash }) => [name, count, hash]))
        : cells(mas),
  }
}

const asCells = tallies.map(({ name, count, hash }) => [name, count, hash] as const)
const wrong = (rows: readonly VerifiedRow[]): string[] =>
  rows.filter(row => !row.ok).map(row => `${row.name} = ${row.actual}`)

describe('verifyMas', () => {
  it('accepts the same categories', async () => {
    const rows = await verifyMas(ledger, worldOf(asCells))
    expect(rows).toHaveLength(tallies.length)
    expect(wrong(rows)).toEqual([])
  })

  it('names a category with another count, and one of the same count with other content', async () => {
    const changed = asCells.map(([name, count, hash]) =>
      name === 'admins'
        ? ([name, 0, '0'] as const)
        : name === 'emails'
          ? ([name, count, '1'] as const)
          : ([name, count, hash] as const),
    )
    expect(wrong(await verifyMas(ledger, worldOf(changed)))).toEqual([
      'in MAS: admins = 0',
      'in MAS: emails = 7, but other ones',
    ])
  })

  it('names a category that is not there at all', async () => {
    expect(wrong(await verifyMas(ledger, worldOf(asCells.slice(1))))).toEqual(['in MAS: accounts = none'])
  })
})

describe('verifyUntouched', () => {
  it('names the tables that changed', async () => {
    expect(wrong(await verifyUntouched(ledger, worldOf([])))).toEqual([])
    const touched = [{ name: 'users', count: 3, hash: '8' }]
    expect(wrong(await verifyUntouched(ledger, worldOf([], touched)))).toEqual([
      "Synapse's other tables = changed: users",
    ])
  })
})

describe('verifyUsers', () => {
  let toy = toyHomeserver()
  const register = (username: string, password: string) =>
    toy.world.http({
      to: 'synapse',
      method: 'POST',
      path: '/_synapse/admin/v1/register',
      body: { username, password },
    })
  const tokenOf = async (user: string, password: string): Promise<string> => {
    const body = { identifier: { user }, password }
    const answer = await toy.world.http({ to: 'login', method: 'POST', path: '/login', body })
    return String(Object.entries(answer.body ?? {}).find(([key]) => key === 'access_token')?.[1])
  }

  beforeEach(async () => {
    toy = toyHomeserver()
    await register('anna', 'right')
  })

  const lived = async (): Promise<Ledger> => ({
    ...ledger,
    tokens: [{ what: 'token of anna', userId: '@anna:example.test', token: await tokenOf('anna', 'right') }],
  })

  it('accepts a server where tokens and passwords work, and closed accounts stay closed', async () => {
    const users = await lived()
    const rows = await verifyUsers(users, toy.world)
    expect(wrong(rows)).toEqual([])
    expect(rows.map(row => row.name)).toEqual([
      'old tokens on Synapse',
      'old tokens on the worker',
      'passwords log in and write',
      'logins of closed accounts',
    ])
  })

  it('names the accounts that were locked out', async () => {
    const users = await lived()
    toy.mode = 'delegated'
    expect(wrong(await verifyUsers(users, toy.world))).toEqual([
      'old tokens on Synapse = token of anna: 401 M_UNKNOWN_TOKEN',
      'old tokens on the worker = token of anna: 401 M_UNKNOWN_TOKEN',
      'passwords log in and write = anna: login 403 M_FORBIDDEN',
    ])
  })

  it('notices a token that answers for another', async () => {
    const users = await lived()
    const swapped = users.tokens.map(sample => ({ ...sample, userId: '@berta:example.test' }))
    expect(wrong(await verifyUsers({ ...users, tokens: swapped }, toy.world))).toContain(
      'old tokens on Synapse = token of anna: answers for @anna:example.test',
    )
  })

  it('asks about locked accounts unless the Node tool has opened them, and trades no token before a migration', async () => {
    const users = await lived()
    const watched: Ledger = { ...users, lockedTokens: users.tokens, refreshTokens: users.tokens }
    const names = async (each: Ledger, options: VerifyOptions) =>
      (await verifyUsers(each, toy.world, options)).map(row => row.name)
    const locked = 'tokens of locked accounts'
    expect(wrong(await verifyUsers(watched, toy.world)).join()).toContain(`${locked} = token of anna: 200`)
    expect(await names(watched, { migrated: false })).not.toContain('refresh tokens')
    const byTool: Ledger = { ...watched, dialect: 'syn2mas-tool' }
    expect(await names(byTool, { migrated: false, locks: 'forgotten' })).toContain(locked)
    expect(await names(byTool, {})).toContain(locked)
    expect(await names(byTool, { locks: 'forgotten' })).not.toContain(locked)
  })

  it('notices a closed account that can log in', async () => {
    const users = await lived()
    await register('gone', 'was right')
    expect(wrong(await verifyUsers(users, toy.world))).toContain('logins of closed accounts = gone: 200')
  })

  it('waits out the login limit', async () => {
    const users = await lived()
    toy.limited = 1
    expect(wrong(await verifyUsers(users, toy.world)).join()).not.toContain('passwords')
    expect(toy.limited).toBe(0)
  })

  it('notices a token that should have ended', async () => {
    const { tokens } = await lived()
    expect(wrong(await verifyEnded(ledger, toy.world))).toEqual([])
    expect(wrong(await verifyEnded({ ...ledger, deadTokens: tokens }, toy.world))).toEqual([
      'tokens that end = token of anna: 200',
    ])
  })
})
