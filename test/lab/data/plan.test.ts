import { compareSync } from 'bcryptjs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ledgeredDevicePrefix, ledgeredLocalpart, type PlanOptions } from './accounts.ts'
import { livingRoles } from './living-plan.ts'
import { planAccounts } from './plan.ts'

const options = fc.record({
  dialect: fc.constantFrom('mas-cli' as const, 'syn2mas-tool' as const),
  guests: fc.boolean(),
  oddities: fc.boolean(),
  phones: fc.boolean(),
  pepper: fc.constantFrom('', 'lab pepper'),
})
const seed = fc.integer()
const count = fc.integer({ min: 50, max: 300 })
const plain: PlanOptions = { dialect: 'mas-cli' }

/** Making a pool of passwords costs 50 ms, so properties are tried a few times only. */
const few = { numRuns: 8 }

describe('planAccounts', () => {
  it('plans the same for the same seed', () => {
    fc.assert(
      fc.property(seed, count, options, (s, n, o) => {
        expect(planAccounts(s, n, o)).toEqual(planAccounts(s, n, o))
      }),
      few,
    )
  })

  it('plans something else for another seed', () => {
    expect(planAccounts(1, 50, plain).accounts).not.toEqual(planAccounts(2, 50, plain).accounts)
  })

  it('begins a longer plan with the shorter one', () => {
    fc.assert(
      fc.property(seed, count, options, (s, n, o) => {
        const regular = { ...o, oddities: false }
        const shorter = planAccounts(s, n, regular).accounts
        expect(planAccounts(s, n + 37, regular).accounts.slice(0, shorter.length)).toEqual(shorter)
      }),
      few,
    )
  })

  it('plans as many accounts as asked for, all with a different name, address, subject, token and device', () => {
    fc.assert(
      fc.property(seed, count, options, (s, n, o) => {
        const plan = planAccounts(s, n, o)
        expect(plan.accounts.length + plan.living.length).toBe(n)
        const distinct = (values: readonly string[]): void => expect(new Set(values).size).toBe(values.length)
        distinct([...plan.accounts, ...plan.living].map(account => account.localpart))
        distinct(plan.accounts.flatMap(account => [...account.emails, ...account.phones]))
        distinct(plan.accounts.flatMap(account => account.links.map(link => link.provider + link.subject)))
        distinct(plan.accounts.flatMap(account => account.tokens.map(token => token.token)))
        distinct(
          plan.accounts.flatMap(account => account.tokens.flatMap(token => token.refresh?.token ?? [])),
        )
        distinct(plan.accounts.flatMap(account => account.devices.map(device => account.userId + device.id)))
      }),
      few,
    )
  })

  it('has one of everything in the smallest plan', () => {
    const { accounts, living } = planAccounts(3, 50, { ...plain, guests: true })
    const kinds = new Set(accounts.map(account => account.kind))
    for (const kind of [
      'password',
      'keycloak',
      'github',
      'both',
      'admin',
      'deactivated',
      'deactivated-long-ago',
      'locked',
      'appservice',
      'guest',
    ])
      expect(kinds).toContain(kind)
    const tokens = accounts.flatMap(account => account.tokens)
    expect(tokens.some(token => token.deviceId === undefined && token.puppets === undefined)).toBe(true)
    expect(tokens.some(token => token.puppets === accounts[0]?.userId)).toBe(true)
    expect(tokens.some(token => token.refresh?.next !== undefined)).toBe(true)
    expect(accounts.some(account => account.emails.length > 0)).toBe(true)
    expect(accounts.some(account => account.phones.length > 0)).toBe(true)
    expect(accounts.some(account => account.devices.some(device => device.hidden))).toBe(true)
    expect(accounts.some(account => account.devices.length > account.tokens.length && !account.guest)).toBe(
      true,
    )
    expect(accounts.some(account => account.password?.ascii === false)).toBe(true)
    expect(living.map(one => one.role)).toEqual(livingRoles)
  })

  it('plans neither guests nor, for the Node tool, phone numbers unless asked', () => {
    const { accounts } = planAccounts(5, 400, { dialect: 'syn2mas-tool' })
    expect(accounts.filter(account => account.guest || account.phones.length > 0)).toEqual([])
  })

  it('hashes passwords over their NFKC form and the pepper, so that every way of typing them fits', () => {
    const { accounts } = planAccounts(11, 120, { ...plain, pepper: 'salt and pepper' })
    const distinct = new Map(
      accounts.flatMap(({ password }) => (password ? [[password.hash, password] as const] : [])),
    )
    expect([...distinct.values()].some(password => password.typed !== password.text)).toBe(true)
    for (const { text, typed, hash } of distinct.values()) {
      expect(typed.normalize('NFKC')).toBe(text.normalize('NFKC'))
      expect(compareSync(`${typed.normalize('NFKC')}salt and pepper`, hash)).toBe(true)
      expect(compareSync(typed.normalize('NFKC'), hash)).toBe(false)
    }
  })

  it('gives deactivated accounts no sessions, and every replaced refresh token its successor', () => {
    fc.assert(
      fc.property(seed, options, (s, o) => {
        for (const account of planAccounts(s, 200, o).accounts) {
          if (account.deactivated) expect([...account.tokens, ...account.devices]).toEqual([])
          const refresh = account.tokens.flatMap(token => token.refresh ?? [])
          for (const { next } of refresh)
            if (next !== undefined) expect(refresh.map(({ token }) => token)).toContain(next)
        }
      }),
      few,
    )
  })

  it('names the accounts and devices of the ledger so that they differ from later ones', () => {
    const { accounts, living } = planAccounts(8, 300, { ...plain, guests: true, oddities: true })
    const ledgered = new RegExp(ledgeredLocalpart)
    for (const account of accounts) {
      expect(ledgered.test(account.localpart)).toBe(!account.guest && account.appservice === undefined)
      for (const device of account.devices)
        if (!device.hidden && !account.guest) expect(device.id.startsWith(ledgeredDevicePrefix)).toBe(true)
    }
    for (const one of living) expect(one.localpart).toMatch(ledgered)
  })

  it.each([0, 49, 100_001, 60.5, Number.NaN])('refuses a count of %s', wrong => {
    expect(() => planAccounts(1, wrong, plain)).toThrow(RangeError)
  })
})
