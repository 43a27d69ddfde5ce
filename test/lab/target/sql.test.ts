import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseCsv } from './sql.ts'

const asPsql = (cell: string) =>
  /[",\n\r]/.test(cell) || cell === '' ? `"${cell.replaceAll('"', '""')}"` : cell

it('reads back any rows that psql writes as CSV', () => {
  const rows = fc.integer({ min: 1, max: 4 }).chain(width =>
    fc.array(
      fc.array(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', 'é', ' ') }), {
        minLength: width,
        maxLength: width,
      }),
    ),
  )
  fc.assert(
    fc.property(rows, given => {
      const text = given.map(row => `${row.map(asPsql).join(',')}\n`).join('')
      expect(parseCsv(text)).toEqual(given)
    }),
  )
})

it('gives NULL as the empty text and no rows for no output', () => {
  expect(parseCsv('a,,b\n\n')).toEqual([['a', '', 'b'], ['']])
  expect(parseCsv('')).toEqual([])
})
