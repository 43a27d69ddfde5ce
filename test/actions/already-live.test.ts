import { expect, test } from 'vitest'
import { alreadyLive, reportOf } from '../../src/actions/syn2mas-dry-run/run.ts'
import type { Finding } from '../../src/domain/finding.ts'
import { receiptOf } from '../../src/migration/rehearsal/receipt.ts'
import { rehearse } from '../../src/migration/rehearsal/rehearse.ts'
import { counts, idle, serverFacts } from '../migration/facts.ts'
import { RehearsalServer, sideOf } from '../migration/rehearsal-server.ts'

test('a server that uses MAS already has nothing to rehearse; all others are rehearsed', () => {
  const live = { synapse: { delegating: 'mas' as const }, mas: { counts: counts(10) } }
  expect(alreadyLive(serverFacts(live))).toMatchObject({
    verdict: 'live',
    message: expect.stringContaining('nothing to rehearse'),
  })
  expect(alreadyLive(serverFacts())).toBeUndefined()
  expect(alreadyLive(serverFacts({ ...live, mas: { counts: counts(0) } }))).toBeUndefined()
  expect(alreadyLive(serverFacts({ ...live, ours: { ...idle, window: true } }))).toBeUndefined()
})

test('a rehearsal whose findings are all accepted is clean', async () => {
  const verdictWith = async (accepted?: Finding['accepted']) => {
    const server = new RehearsalServer('mas-cli')
    server.says(
      0,
      '2026-01-02T03:04:05.000006Z  INFO syn2mas::migration:330 10 users migrated (0 skipped) in 0.1s\n',
    )
    const warning = { id: 'mas/a', severity: 'warning', message: 'a', why: 'x', remedy: 'y' } as const
    const decided = async () => [{ ...warning, ...(accepted && { accepted }) }]
    const rehearsal = await rehearse({ ...sideOf(server), decided })
    const receipt = receiptOf(rehearsal, {
      host: server.host,
      dialect: 'mas-cli',
      playbook: { digest: '' },
      variables: {},
      images: {},
    })
    return reportOf(receipt, rehearsal.findings).verdict
  }
  expect(await verdictWith()).toBe('findings')
  expect(await verdictWith({ reason: 'x', place: { file: 'a', line: 1, column: 1 } })).toBe('clean')
})
