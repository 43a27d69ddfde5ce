import { expect, test } from 'vitest'
import { alreadyLive } from '../../src/actions/syn2mas-dry-run/run.ts'
import { counts, idle, serverFacts } from '../migration/facts.ts'

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
