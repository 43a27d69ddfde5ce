import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { actualStages } from '../../src/domain/stage.ts'
import { actualStage } from '../../src/migration/plan/actual-stage.ts'
import { counts, serverFacts } from './facts.ts'

describe('the stage of a server', () => {
  test('is absent where MAS is not installed', () => {
    expect(actualStage(serverFacts({ mas: { installed: false } })).stage).toBe('absent')
  })

  test('is installed where MAS has no rows, or not even tables', () => {
    expect(actualStage(serverFacts()).stage).toBe('installed')
    expect(actualStage(serverFacts({ mas: { tables: 'none' } })).stage).toBe('installed')
  })

  test('is partial where tables are renamed, regardless of their rows', () => {
    const verdict = actualStage(serverFacts({ mas: { tables: 'renamed', leftovers: ['syn2mas__users'] } }))
    expect(verdict.stage).toBe('partial')
    expect(verdict.why).toContain('syn2mas__users')
  })

  test('is partial where the 2024 tool left fewer rows than Synapse has', () => {
    const facts = serverFacts({ dialect: 'syn2mas-tool', mas: { counts: counts(4) } })
    expect(actualStage(facts)).toMatchObject({
      stage: 'partial',
      why: expect.stringContaining('MAS has 4 of 10 accounts, 4 of 10 passwords'),
    })
  })

  test('is partial where the 2024 tool was interrupted within the last account', () => {
    const facts = serverFacts({
      dialect: 'syn2mas-tool',
      mas: { counts: { ...counts(10), refreshTokens: 9 } },
    })
    expect(actualStage(facts).stage).toBe('partial')
  })

  test('is migrated where every category is equal and Synapse uses its built-in login', () => {
    expect(actualStage(serverFacts({ mas: { counts: counts(10) } })).stage).toBe('copied')
  })

  test('does not compare a category that MAS cannot store', () => {
    const facts = serverFacts({ dialect: 'syn2mas-tool', mas: { counts: { ...counts(10), admins: null } } })
    expect(actualStage(facts).stage).toBe('copied')
  })

  test.each(['msc3861', 'mas'] as const)('is live where Synapse delegates by %s', delegating => {
    const facts = serverFacts({ synapse: { delegating }, mas: { counts: counts(10) } })
    expect(actualStage(facts).stage).toBe('live')
  })

  test('stays live when users register or log in afterwards', () => {
    const mas = {
      counts: { ...counts(11), sessions: 90 },
      masOnlyAccounts: { count: 1, names: ['newcomer'] },
    }
    expect(actualStage(serverFacts({ synapse: { delegating: 'mas' }, mas })).stage).toBe('live')
  })

  test('is live on a fresh server without accounts', () => {
    const facts = serverFacts({ synapse: { delegating: 'mas', migratable: counts(0) } })
    expect(actualStage(facts).stage).toBe('live')
  })
})

test('docs/stages.md explains every stage that is printed', () => {
  const page = readFileSync('docs/stages.md', 'utf8')
  const explained = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, stage]) => stage)
  expect(explained).toEqual([...actualStages])
})

describe('a server in no stage', () => {
  test.each([
    [/homeserver\.yaml cannot be read/, serverFacts({ synapse: { delegating: 'unreadable' } })],
    [/MAS has none of its 10 accounts/, serverFacts({ synapse: { delegating: 'mas' } })],
    [/MAS is not installed/, serverFacts({ synapse: { delegating: 'msc3861' }, mas: { installed: false } })],
    [/left its tables renamed/, serverFacts({ synapse: { delegating: 'mas' }, mas: { tables: 'renamed' } })],
    [/^MAS's database cannot be read/, serverFacts({ mas: { tables: 'unreadable' } })],
    [
      /^Synapse delegates to MAS, but MAS's database cannot be read/,
      serverFacts({ synapse: { delegating: 'mas' }, mas: { tables: 'unreadable' } }),
    ],
    [
      /^MAS has 2 accounts that Synapse does not have/,
      serverFacts({ mas: { counts: counts(2), masOnlyAccounts: { count: 2, names: ['early'] } } }),
    ],
    [/different contents/, serverFacts({ mas: { counts: { ...counts(10), sessions: 19 } } })],
    [
      /different contents/,
      serverFacts({ dialect: 'syn2mas-tool', mas: { counts: { ...counts(10), sessions: 21 } } }),
    ],
    [/different contents/, serverFacts({ mas: { counts: { ...counts(0), links: 1 } } })],
  ])('says %s', (why, facts) => {
    expect(actualStage(facts)).toEqual({ stage: 'inconsistent', why: expect.stringMatching(why) })
  })

  test('lists the early logins, quoted, and counts the rest', () => {
    const facts = serverFacts({ mas: { counts: counts(3), masOnlyAccounts: { count: 3, names: ['a"b'] } } })
    expect(actualStage(facts).why).toBe('MAS has 3 accounts that Synapse does not have: "a\\"b" and 2 more.')
  })
})
