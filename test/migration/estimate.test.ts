import { expect, test } from 'vitest'
import { expectedWindowSeconds, measureUnits } from '../../src/migration/rehearsal/estimate.ts'
import type { ServerSession } from '../../src/server/session.ts'
import { counts } from './facts.ts'
import { names } from './fake-server.ts'

const sessionThatPrints = (stdout: string) =>
  ({ run: async () => ({ code: 0, stdout, stderr: '' }) }) as unknown as ServerSession

const unit = (exit: number, enter: number, leaving: number, left: number) =>
  `InactiveExitTimestampMonotonic=${exit}\nActiveEnterTimestampMonotonic=${enter}\nActiveExitTimestampMonotonic=${leaving}\nInactiveEnterTimestampMonotonic=${left}\n`

test('the slowest unit counts, by the timestamps of systemd', async () => {
  const printed = [
    unit(10_000_000, 19_500_000, 4_000_000, 5_000_000),
    unit(10_000_000, 11_000_000, 4_000_000, 4_200_000),
  ].join('\n')
  expect(await measureUnits(sessionThatPrints(printed), names)).toEqual({ startSeconds: 9.5, stopSeconds: 1 })
})

test('a unit that was never stopped, or never started, has no such time', async () => {
  expect(await measureUnits(sessionThatPrints(unit(10, 20, 0, 0)), names)).toEqual({
    startSeconds: 0.00001,
    stopSeconds: undefined,
  })
  expect(await measureUnits(sessionThatPrints(''), names)).toEqual({
    startSeconds: undefined,
    stopSeconds: undefined,
  })
})

test('the range contains the windows that were measured on the same server', () => {
  const lab = { startSeconds: 10.2, stopSeconds: 1.1, syn2masSeconds: 0.8 }
  const most = expectedWindowSeconds('mas-cli', counts(200), lab)
  for (const seen of [6.7, 7.2, 10]) {
    expect(seen).toBeGreaterThan(most / 2)
    expect(seen).toBeLessThan(most)
  }
})

test('a slow server, a slow syn2mas and many rows of the Node tool make it longer', () => {
  const quick = { startSeconds: 8, stopSeconds: 1, syn2masSeconds: 1 }
  const of = (more: object, dialect: 'mas-cli' | 'syn2mas-tool' = 'mas-cli', users = 1000) =>
    expectedWindowSeconds(dialect, counts(users), { ...quick, ...more })
  expect(of({ startSeconds: 20 })).toBeGreaterThan(of({}))
  expect(of({ syn2masSeconds: 30 })).toBeGreaterThan(of({}) + 28)
  expect(of({}, 'syn2mas-tool')).toBeGreaterThan(of({}, 'syn2mas-tool', 10))
})
