import { describe, expect, it } from 'vitest'
import type { Ledger } from '../lab/data/ledger.ts'
import type { Losses } from '../lab/data/lost.ts'
import type { OurWay } from './ours.ts'
import { accountsNote, failures, outcomePage } from './outcome.ts'
import { pageWidth, table } from './print.ts'

const tally = (count: number) => ({ name: 'accounts', count, hash: '0' })
const ledger: Ledger = {
  version: 1,
  dialect: 'mas-cli',
  seed: 1,
  serverName: 'example.test',
  categories: [tally(182)],
  guests: 0,
  guarded: [],
  fingerprints: [],
  tokens: [],
  deadTokens: [],
  refreshTokens: [],
  passwords: [],
  adminTokens: [],
  lockedTokens: [],
  closed: [],
  messages: [],
  living: [],
}

const losses: Losses = {
  sessions: { done: 20, lost: 0 },
  passwords: { done: 33, lost: 0 },
  messages: { done: 60, lost: 0 },
  oldSession: true,
  unclear: 0,
  refused: { message: 4, login: 2, password: 1 },
  unanswered: { message: 1, login: 0, password: 1 },
  window: { total: 8.25, down: 7, ownLogin: 0, from: 0, until: 8250 },
}

function way(changes: Partial<Losses> = {}, longName = 'accounts'): OurWay {
  return {
    seconds: 93,
    lived: {
      losses: { ...losses, ...changes },
      rows: [{ name: longName, expected: '182', actual: '182', ok: true }],
    },
    report: {
      schema: 1,
      host: 'matrix.example.test',
      dialect: 'mas-cli',
      operation: 'migrate',
      run: '1',
      outcome: 'migrated',
      startedAt: '2026-01-01T00:00:00Z',
      steps: [],
      proofs: [{ name: 'old tokens work', result: 'holds', detail: 'x'.repeat(300) }],
      checks: [],
      warnings: [],
      findings: [],
    },
  }
}

const lines = (ours: OurWay) => outcomePage(ledger, 200, undefined, ours).split('\n')

describe("the demo's last page", () => {
  it('begins with the verdict', () => {
    expect(lines(way())[0]).toBe(
      'SUCCEEDED: 182 accounts migrated, 1 proof passed, nothing lost, window 8.3 s.',
    )
    const failed = lines(way({ passwords: { done: 33, lost: 2 } }))
    expect(failed[0]).toBe('FAILED: 1 failure, listed at the end.')
    expect(failed.at(-1)).toBe('FAILED: the user lost 2 of 33 passwords')
  })

  it('fits the page, however long a name or a detail is', () => {
    expect(Math.max(...lines(way({}, 'y'.repeat(500))).map(line => line.length))).toBeLessThanOrEqual(
      pageWidth,
    )
  })

  it('counts actions without an answer as no loss', () => {
    const unanswered = { message: 3, login: 2, password: 4 }
    expect(failures(way({ unanswered }))).toEqual([])
    expect(lines(way({ unanswered })).find(line => line.startsWith('actions without an answer'))).toMatch(
      / 9$/,
    )
  })

  it('fails if an action could not be checked', () => {
    expect(failures(way({ unclear: 1 }))).toEqual(['1 actions of the user could not be checked'])
  })

  it('says why there are fewer accounts than were created', () => {
    expect(accountsNote(ledger, 200)).toBe(
      '182 of 200 accounts are migrated; syn2mas leaves out the 18 of application services (bridges).',
    )
    expect(accountsNote({ ...ledger, categories: [tally(200)] }, 200)).toBe('All 200 accounts are migrated.')
  })
})

describe('a table', () => {
  it('narrows its widest column where it does not fit', () => {
    expect(
      table(
        [
          ['a', 'b'.repeat(30)],
          ['long', 'c'],
        ],
        20,
      ),
    ).toBe(`a     ${'b'.repeat(13)}…\nlong  c`)
  })
})
