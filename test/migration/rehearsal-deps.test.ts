import { expect, test } from 'vitest'
import type { Host } from '../../src/inventory/inventory.ts'
import { readReceipts, receiptOf, storeReceipt } from '../../src/migration/rehearsal/receipt.ts'
import { rehearse } from '../../src/migration/rehearsal/rehearse.ts'
import { rehearsalDeps } from '../../src/migration/run/rehearsal-deps.ts'
import { serverFacts } from './facts.ts'
import { RehearsalServer, sideOf } from './rehearsal-server.ts'

const counted =
  '2026-01-02T03:04:05.000006Z  INFO syn2mas::migration:330 10 users migrated (0 skipped) in 0.1s\n'

/** A host without variables. */
const host: Host = {
  name: 'matrix.example.test',
  place: { file: 'inventory/hosts', line: 1, column: 1 },
  groups: [],
  variable: name => ({ name, state: 'absent', overridden: [], hiddenIn: [] }),
  layers: [],
  variableNames: () => new Set(),
}

async function reviewed() {
  const server = new RehearsalServer('mas-cli')
  server.says(0, counted)
  const side = sideOf(server)
  const rehearsal = await rehearse(side, { allowInPlace: false })
  const images = {
    'matrix-synapse': 'localhost/matrix-synapse:1',
    'matrix-authentication-service': 'localhost/matrix-authentication-service:1',
  }
  const worker = 'matrix-synapse-worker-generic-worker-0'
  await storeReceipt(
    server,
    receiptOf(rehearsal, {
      host: server.host,
      dialect: 'mas-cli',
      playbook: { digest: side.playbook.target.checkout.digest },
      variables: {},
      images: { ...images, [worker]: `localhost/${worker}:1` },
    }),
  )
  const settings = { host, allowInPlace: false, receiptMaxAgeHours: 24 }
  return { server, deps: rehearsalDeps(side, settings) }
}

test('passes on the reviewed command', async () => {
  const { deps } = await reviewed()
  await deps.checkReceipt(serverFacts())
  expect((await deps.rehearse('r')).command.join(' ')).toContain('image:1')
})

test('refuses a syn2mas command that differs from the reviewed one', async () => {
  const { server, deps } = await reviewed()
  await deps.checkReceipt(serverFacts())
  server.syn2masImage = 'image:2'
  await expect(deps.rehearse('r')).rejects.toMatchObject({ reason: 'receipt-differs' })
})

test('without a required receipt, runs the rehearsed command', async () => {
  const { server, deps } = await reviewed()
  server.syn2masImage = 'image:2'
  expect((await deps.rehearse('r')).command.join(' ')).toContain('image:2')
})

test('passes after the rehearsal of another change, but on no other command', async () => {
  const { server, deps } = await reviewed()
  const [receipt] = await readReceipts(server)
  if (!receipt) throw new Error('no receipt')
  await storeReceipt(server, { ...receipt, commandDigest: 'f'.repeat(64) })
  await storeReceipt(server, { ...receipt, playbook: { digest: 'f'.repeat(64) } })
  await deps.checkReceipt(serverFacts())
  expect((await deps.rehearse('r')).command.join(' ')).toContain('image:1')
  server.syn2masImage = 'image:2'
  await expect(deps.rehearse('r')).rejects.toMatchObject({ reason: 'receipt-differs' })
})

test('refuses a missing receipt, and one with other images', async () => {
  const { server, deps } = await reviewed()
  await expect(
    deps.checkReceipt(serverFacts({ synapse: { image: 'localhost/other:1' } })),
  ).rejects.toMatchObject({
    reason: 'receipt-differs',
  })
  server.files.clear()
  await expect(deps.checkReceipt(serverFacts())).rejects.toMatchObject({ reason: 'receipt-missing' })
})

test('a rehearsal that does not pass stops the migration', async () => {
  const { server, deps } = await reviewed()
  server.says(1, 'Error: could not connect to the database\n')
  const { failure, lastLines } = await deps.rehearse('r')
  expect(failure).toMatchObject({ reason: 'syn2mas-failed' })
  expect(lastLines).toEqual(['Error: could not connect to the database'])
})
