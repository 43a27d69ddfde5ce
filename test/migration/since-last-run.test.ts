import { describe, expect, test } from 'vitest'
import type { LastRun, ServerFacts } from '../../src/domain/server-facts.ts'
import { doubtAbout } from '../../src/migration/plan/since-last-run.ts'
import { counts, idle, serverFacts } from './facts.ts'

const servers: Readonly<Record<string, ServerFacts>> = {
  'with the built-in login': serverFacts(),
  'with the built-in login and an account that only MAS has': serverFacts({
    mas: { masOnlyAccounts: { count: 1, names: ['bob'] } },
  }),
  'with the built-in login, where the database of MAS cannot be read': serverFacts({
    mas: { tables: 'unreadable' },
  }),
  live: serverFacts({ synapse: { delegating: 'mas' }, mas: { counts: counts(10) } }),
  'that locks all users out': serverFacts({ synapse: { delegating: 'mas' }, mas: { counts: counts(0) } }),
  'that cannot be read': serverFacts({ synapse: { delegating: 'unreadable' } }),
}

const builtIn = Object.keys(servers).slice(0, 3)

describe('the server is as the last run left it', () => {
  test.each<[Omit<LastRun, 'run'>, readonly string[]]>([
    [{ kind: 'migrate', outcome: 'migrated' }, ['live']],
    [{ kind: 'migrate', outcome: 'restored' }, builtIn],
    [{ kind: 'rollback', outcome: 'rolled-back' }, builtIn],
    [{ kind: 'rollback', outcome: 'restored' }, ['live']],
    [{ kind: 'repair', outcome: 'rolled-back' }, builtIn],
    [{ kind: 'migrate', outcome: 'abandoned' }, Object.keys(servers)],
    [{ kind: 'migrate' }, Object.keys(servers)],
  ])('after %o where it is %o', (end, names) => {
    const last = { run: 'r1', ...end }
    const fine = Object.keys(servers).filter(name => !doubtAbout(last, servers[name] ?? serverFacts()))
    expect(fine).toEqual(names)
  })

  test('or it is said what else is possible', () => {
    const last = { run: 'r1', kind: 'migrate', outcome: 'migrated' } as const
    expect(doubtAbout(last, serverFacts())).toMatch(
      /the run r1 ended as migrated, but the stage of the server is installed: something else changed/,
    )
    expect(doubtAbout(last, serverFacts({ synapse: { delegating: 'unreadable' } }))).toMatch(
      /not verified\.$/,
    )
  })

  test('as far as can be known while a run is open, or before the first', () => {
    const last = { run: 'r1', kind: 'migrate', outcome: 'migrated' } as const
    expect(doubtAbout(last, serverFacts({ ours: { ...idle, open: 'r1' } }))).toBeUndefined()
    expect(doubtAbout(undefined, serverFacts())).toBeUndefined()
  })
})
