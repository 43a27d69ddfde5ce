import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { examine } from '../../src/migration/examine.ts'
import {
  type Circumstances,
  forecastSeconds,
  parseReceipt,
  type Receipt,
  receiptDifferences,
} from '../../src/migration/receipt.ts'
import { receiptVariables } from '../../src/migration/receipt-variables.ts'
import { counts, serverFacts } from './facts.ts'

const circumstances: Circumstances = {
  host: 'matrix.example.test',
  dialect: 'mas-cli',
  playbook: { commit: 'c0ffee00'.repeat(5), digest: 'd'.repeat(64) },
  variables: { matrix_domain: 'a'.repeat(64), matrix_synapse_oidc_enabled: 'b'.repeat(64) },
  images: { 'matrix-synapse': 'localhost/synapse:1' },
}
const receipt: Receipt = {
  version: 1,
  ...circumstances,
  command: ['docker', 'run'],
  commandDigest: 'e'.repeat(64),
  counts: counts(10),
  findings: [],
  passes: true,
  rehearsalSeconds: 13,
  forecastSeconds: 4.4,
  at: '2026-01-02T03:04:05.000Z',
}
const soon = new Date('2026-01-02T05:04:05Z')
const differences = (now: Partial<Circumstances> = {}, then: Partial<Receipt> = {}, time = soon) =>
  receiptDifferences({ ...receipt, ...then }, { ...circumstances, ...now }, time, 24)

test('a fresh receipt of the same circumstances stands', () => {
  expect(differences()).toEqual([])
})

test('whatever differs is named, and no value of it', () => {
  const variables = { ...circumstances.variables, matrix_synapse_oidc_enabled: 'c'.repeat(64) }
  expect(differences({ variables })).toEqual(['the variable matrix_synapse_oidc_enabled has changed'])
  expect(differences({ variables: {} })).toHaveLength(2)
  expect(
    differences({ playbook: { commit: 'beef0000'.repeat(5), digest: receipt.playbook.digest } }),
  ).toHaveLength(1)
  expect(differences({ images: { 'matrix-synapse': 'localhost/synapse:2' } })).toEqual([
    'matrix-synapse runs another image',
  ])
  expect(differences({ host: 'other' })).toEqual(['it is of the host matrix.example.test'])
})

test('a receipt that is old, of the future, or of a rehearsal that did not pass does not stand', () => {
  expect(differences({}, {}, new Date('2026-01-03T04:04:05Z'))).toHaveLength(1)
  expect(differences({}, {}, new Date('2026-01-01T03:04:05Z'))).toHaveLength(1)
  expect(differences({}, { at: 'yesterday' })).toHaveLength(1)
  expect(differences({}, { passes: false })).toHaveLength(1)
})

test('only what has the shape of a receipt is read as one', () => {
  expect(parseReceipt(JSON.stringify(receipt))).toEqual(receipt)
  for (const text of ['', '{}', 'null', JSON.stringify({ ...receipt, version: 2 })]) {
    expect(parseReceipt(text), text).toBeUndefined()
  }
  const { passes: _, ...without } = receipt
  expect(parseReceipt(JSON.stringify(without))).toBeUndefined()
})

const live = { synapse: { delegating: 'mas' as const }, mas: { counts: counts(10) } }

test('a lockout is seen although nothing else is out of order', () => {
  const { healthy, findings } = examine({
    facts: serverFacts({ ...live, mas: { counts: counts(0) } }),
    strangeTokenStatus: 401,
  })
  expect(healthy).toBe(false)
  expect(findings.map(({ id }) => id)).toContain('doctor/accounts-missing-in-mas')
})

test('a server on which everything is carried over is healthy', () => {
  expect(examine({ facts: serverFacts(live), strangeTokenStatus: 401 })).toMatchObject({
    healthy: true,
    findings: [],
  })
})

test.each([200, 503, 0])('an answer of %s to a token that nobody made is an error', strangeTokenStatus => {
  const { healthy, findings } = examine({ facts: serverFacts(live), strangeTokenStatus })
  expect([healthy, findings.map(({ id }) => id)]).toEqual([false, ['doctor/strange-token']])
})

test('a stopped unit, a hold and a half-done run are each named', () => {
  const ids = (parts: Parameters<typeof serverFacts>[0]) =>
    examine({ facts: serverFacts(parts), strangeTokenStatus: 401 }).findings.map(({ id }) => id)
  expect(ids({ synapse: { active: 'inactive', container: false } })).toContain('doctor/unit-down')
  expect(ids({ synapse: { active: 'activating', container: false } })).toContain('doctor/unit-down')
  expect(ids({ ours: { hold: true, guard: 'absent', journal: { state: 'none' } } })).toContain('doctor/hold')
  expect(ids({ mas: { tables: 'renamed', leftovers: ['syn2mas__users'] } })).toContain('doctor/stage')
})

test.each([
  ['none', 'rollback'],
  ['unfinished', 'resume'],
] as const)(
  'what is to be done about a half-done run: with a journal that says %s, %s',
  (state, operation) => {
    const facts = serverFacts({
      mas: { tables: 'renamed', leftovers: ['syn2mas__users'] },
      ours: { hold: false, guard: 'absent', journal: { state } },
    })
    const { findings } = examine({ facts, strangeTokenStatus: 401 })
    expect(findings.find(({ id }) => id === 'doctor/stage')?.remedy).toContain(`operation: ${operation}`)
  },
)

test('a unit that is started and whose health is still waited for is no finding', () => {
  const facts = serverFacts({ ...live, synapse: { delegating: 'mas', active: 'activating' } })
  expect(examine({ facts, strangeTokenStatus: 401 }).healthy).toBe(true)
})

test('the published list of variables is the one that a receipt binds', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../docs/reference/receipt.md'), 'utf8')
  expect([...page.matchAll(/^- `(\w+)`$/gm)].map(found => found[1])).toEqual([...receiptVariables])
})

test('the forecast grows with what is carried over, and faster where rows are written one by one', () => {
  expect(forecastSeconds('mas-cli', counts(1000))).toBeLessThan(5)
  expect(forecastSeconds('mas-cli', counts(100_000))).toBeGreaterThan(8)
  expect(forecastSeconds('syn2mas-tool', counts(1000))).toBeGreaterThan(
    forecastSeconds('mas-cli', counts(1000)),
  )
})
