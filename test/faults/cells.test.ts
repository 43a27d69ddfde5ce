import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allCells, cellId, inTurn, randomCell, shard } from './cells.ts'
import type { Result } from './results.ts'
import { reliabilityPage } from './table.ts'

const ids = allCells().map(cellId)

describe('the matrix of faults', () => {
  it('names each cell differently', () => {
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('begins with the sharpest moment of each fault', () => {
    expect(ids[0]).toBe('migrate/syn2mas/middle/program-killed')
  })

  it('is divided into shards without loss', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), count => {
        const parts = Array.from({ length: count }, (_, index) => shard(ids, index + 1, count))
        expect(parts.flat().sort()).toEqual([...ids].sort())
      }),
    )
  })

  it('has migrations and rollbacks in turn', () => {
    const cells = inTurn(allCells())
    expect(cells.map(cellId).sort()).toEqual([...ids].sort())
    const pairs = cells.slice(0, 40).map(({ operation }) => operation)
    expect(pairs).toEqual(Array.from({ length: 20 }, () => ['migrate', 'rollback']).flat())
  })

  it('has the same random schedule for the same seed', () => {
    fc.assert(
      fc.property(fc.nat(100_000), seed => {
        expect(randomCell(seed)).toEqual(randomCell(seed))
      }),
    )
    expect(new Set(Array.from({ length: 50 }, (_, seed) => cellId(randomCell(seed)))).size).toBe(50)
  })
})

describe('docs/reliability.md', () => {
  const program = 'a38e41b53de3'
  const [first = '', second = '', ...others] = ids
  const results = new Map<string, Result>([
    [first, { id: first, program, outcome: 'restored' as const, seconds: 7 }],
    [second, { id: second, program: 'earlier', failure: 'no homeserver after 90 s' }],
    ...[cellId(randomCell(7)), 'seed 8: as it was with fewer faults'].map(
      id => [id, { id, program }] as const,
    ),
  ])
  const lab = [{ dialect: 'mas-cli' as const, parts: 'stand-ins' as const, results }]
  const sandbox = new Map([
    ['a', { id: 'a', program, schedules: 250 }],
    ['b', { id: 'b', program, failure: 'it does not end' }],
  ])
  const page = reliabilityPage({
    lab,
    sandbox,
    date: '2026-01-02',
    program,
  })

  it('says what held, what fails and what was not run', () => {
    expect(page).toContain(
      'on 2026-01-02. The program on the server is now the one whose digest begins with `a38e41b53de3`',
    )
    expect(page).toContain('1 of these results is of an earlier program.')
    expect(page).toContain('2 tests were run, with 250 random schedules. **1 failed.**')
    expect(page).toContain(`2 of ${ids.length} cells and 1 random schedules of two faults were run`)
    expect(page).toContain('1 restored; 7 s')
    expect(page).toContain(`- \`${second}\`: no homeserver after 90 s`)
    expect(page).toContain(`${others.length} cells were not run`)
  })

  it('lists of the real parts only the faults that were run there', () => {
    const real = reliabilityPage({
      lab: [{ dialect: 'mas-cli', parts: 'real', results: new Map([...results].slice(0, 1)) }],
      sandbox,
      date: '2026-01-02',
      program,
    })
    expect(real.match(/^\| /gm)).toHaveLength(2)
    expect(real).toContain('No cell of the other faults was run here.')
    expect(real).toContain('cells of these faults were not run')
  })
})
