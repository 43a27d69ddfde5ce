import { expect, test } from 'vitest'
import { spaceProblems } from '../../src/migration/run/preflight.ts'

const needed = new Map([
  ['/var/lib', 600],
  ['/matrix/postgres/data', 500],
])
const df = (...disks: readonly (readonly [free: number, mount: string])[]) =>
  disks.map(([free, mount]) => `/dev/a 9999 9999 ${free} 50% ${mount}`)

test.each([
  ['is enough where each of two disks has its own part', df([601, '/var/lib'], [501, '/matrix']), []],
  ['is enough where one disk has both parts', df([1101, '/'], [1101, '/']), []],
  [
    'of one disk is needed for both parts',
    df([700, '/'], [700, '/']),
    ['Only 700 KiB are free under /var/lib and /matrix/postgres/data; 1100 KiB are needed.'],
  ],
  [
    'is missing on the disk of PostgreSQL alone',
    df([9999, '/'], [400, '/matrix/postgres/data']),
    ['Only 400 KiB are free under /matrix/postgres/data; 500 KiB are needed.'],
  ],
])('space %s', (_, lines, problems) => {
  expect(spaceProblems(needed, lines)).toEqual(problems)
})

test('space that cannot be read is a problem', () => {
  expect(spaceProblems(needed, [])).toHaveLength(1)
})
