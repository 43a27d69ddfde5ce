import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  type Circumstances,
  parseReceipts,
  type Receipt,
  readReceipts,
  receiptDifferences,
  storeReceipt,
  validReceipts,
} from '../../src/migration/rehearsal/receipt.ts'
import { receiptVariables } from '../../src/migration/rehearsal/receipt-variables.ts'
import { counts } from './facts.ts'
import { RehearsalServer } from './rehearsal-server.ts'

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
  expectedWindowSeconds: 4.4,
  at: '2026-01-02T03:04:05.000Z',
}
const soon = new Date('2026-01-02T05:04:05Z')
const differences = (now: Partial<Circumstances> = {}, then: Partial<Receipt> = {}, time = soon) =>
  receiptDifferences({ ...receipt, ...then }, { ...circumstances, ...now }, time, 24)

test('a recent receipt for the same circumstances is valid', () => {
  expect(differences()).toEqual([])
})

test('names every difference, but no value', () => {
  const variables = { ...circumstances.variables, matrix_synapse_oidc_enabled: 'c'.repeat(64) }
  expect(differences({ variables })).toEqual(['the variable matrix_synapse_oidc_enabled has changed'])
  expect(
    differences({ playbook: { commit: 'beef0000'.repeat(5), digest: receipt.playbook.digest } }),
  ).toHaveLength(1)
  expect(differences({ images: { 'matrix-synapse': 'localhost/synapse:2' } })).toEqual([
    'the image of matrix-synapse has changed',
  ])
  expect(differences({ host: 'other' })).toEqual(['it belongs to the host matrix.example.test'])
})

test('a receipt of another version, which compared other variables, is not valid: one reason, not one a variable', () => {
  const variables = { ...circumstances.variables, matrix_synapse_version: 'd'.repeat(64) }
  expect(differences({ variables })).toEqual([
    'another version of matrix-auth-actions wrote it, which compared other variables',
  ])
  expect(differences({ variables: {} })).toHaveLength(1)
})

test('a receipt that is old, from the future, or of a failed rehearsal is not valid', () => {
  expect(differences({}, {}, new Date('2026-01-03T04:04:05Z'))).toHaveLength(1)
  expect(differences({}, {}, new Date('2026-01-01T03:04:05Z'))).toHaveLength(1)
  expect(differences({}, { at: 'yesterday' })).toHaveLength(1)
  expect(differences({}, { passes: false })).toHaveLength(1)
})

test('accepts only receipts that match the schema', () => {
  const { passes: _, ...without } = receipt
  const receipts = [without, receipt, { ...receipt, version: 2 }, null]
  expect(parseReceipts(JSON.stringify({ receipts }))).toEqual([receipt])
  for (const text of ['', '{}', 'null', '{"receipts": {}}', JSON.stringify(receipt)])
    expect(parseReceipts(text), text).toEqual([])
})

describe('the receipts on a server', () => {
  const stored = async (...receipts: Receipt[]) => {
    const server = new RehearsalServer('mas-cli')
    for (const each of receipts) await storeReceipt(server, each)
    return readReceipts(server)
  }
  const ofImage = (tag: number) => ({ ...receipt, images: { 'matrix-synapse': `localhost/synapse:${tag}` } })
  const valid = (receipts: readonly Receipt[], time = soon) =>
    validReceipts(receipts, circumstances, time, 24)

  test('outlast rehearsals of other changes', async () => {
    const otherCommand = { ...receipt, commandDigest: 'f'.repeat(64) }
    const receipts = await stored(receipt, ofImage(2), otherCommand)
    expect(receipts).toEqual([otherCommand, ofImage(2), receipt])
    expect(valid(receipts)).toEqual({ valid: [otherCommand, receipt], differences: [] })
  })

  test('are replaced by the next rehearsal of the same', async () => {
    const failed = { ...receipt, passes: false, at: '2026-01-02T04:04:05.000Z' }
    const receipts = await stored(receipt, ofImage(2), failed)
    expect(receipts).toEqual([failed, ofImage(2)])
    expect(valid(receipts).valid).toEqual([])
  })

  test('are the newest twenty', async () => {
    const receipts = await stored(...Array.from({ length: 25 }, (_, tag) => ofImage(tag)))
    expect(receipts).toEqual(Array.from({ length: 20 }, (_, index) => ofImage(24 - index)))
  })

  test('tell the differences of the closest one', () => {
    const other = { ...ofImage(2), host: 'other' }
    expect(valid([other, receipt], new Date('2026-01-03T04:04:05Z'))).toEqual({
      valid: [],
      differences: ['it is 25 hours old, and at most 24 are allowed'],
    })
  })
})

test('the documented list of variables is the one in use', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../docs/reference/receipt.md'), 'utf8')
  expect([...page.matchAll(/^- `(\w+)`$/gm)].map(found => found[1])).toEqual([...receiptVariables])
})
