import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planAccounts } from './plan.ts'
import { copyStatements, firstTokenId, rowsOfPlan } from './rows.ts'

const tables = rowsOfPlan(planAccounts(4, 200, { dialect: 'mas-cli', oddities: true }))
const rowsOf = (table: string): string[][] =>
  tables.filter(each => each.table === table).flatMap(each => each.lines.map(line => line.split('\t')))

describe('rowsOfPlan', () => {
  it('gives each row as many cells as its table has columns', () => {
    for (const { columns, lines } of tables)
      for (const line of lines) expect(line.split('\t')).toHaveLength(columns.length)
  })

  it('writes a refresh token before what refers to it', () => {
    const order = tables.map(({ table }) => table)
    expect(order.indexOf('refresh_tokens')).toBeLessThan(order.indexOf('access_tokens'))
    const seen = new Set<string>()
    for (const [id = '', , , , next = ''] of rowsOf('refresh_tokens')) {
      if (next !== '\\N') expect(seen).toContain(next)
      seen.add(id)
    }
    for (const row of rowsOf('access_tokens')) if (row[6] !== '\\N') expect(seen).toContain(row[6])
  })

  it('numbers tokens from beyond what a running Synapse counts to', () => {
    const ids = rowsOf('access_tokens').map(([id]) => Number(id))
    expect(Math.min(...ids)).toBe(firstTokenId)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('copyStatements', () => {
  const line = fc.string({ minLength: 1, maxLength: 30 }).filter(text => !/[\n\r\t\\]/.test(text))

  it('loses no row and changes no order, however small the pieces', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), fc.integer({ min: 1, max: 200 }), (lines, limit) => {
        const pieces = copyStatements([{ table: 't', columns: ['a'], lines }], limit)
        const bodies = pieces.map(piece =>
          piece.replace(/^COPY t \(a\) FROM STDIN;\n/, '').replace(/\n\\\.\n$/, ''),
        )
        expect(bodies.join('\n')).toBe(lines.join('\n'))
      }),
    )
  })

  it('writes no statement for a table without rows', () => {
    expect(copyStatements([{ table: 't', columns: ['a'], lines: [] }])).toEqual([])
  })
})
