import { expect, test } from 'vitest'
import { Heartbeat } from '../../src/migration/journal/heartbeat.ts'
import type { Guard } from '../../src/server/guard/guard.ts'
import { ToolkitError } from '../../src/support/errors.ts'

const error = (reason: 'lock-held' | 'server-command-failed') =>
  new ToolkitError({ kind: 'server', reason, what: 'no', remedy: 'r' })

/** Beats every 10 s of a simulated clock, with a lease of 45 s, as long as `answers` has answers. */
async function beating(answers: (ToolkitError | undefined)[]): Promise<{ failure: unknown; beats: number }> {
  let now = 0
  let beats = 0
  const clock = {
    now: () => new Date(now),
    sleep: async (ms: number) => {
      now += ms
    },
  }
  const tools = {
    beat: async () => {
      beats += 1
      const answer = answers.shift()
      if (answers.length === 0) heartbeat.stopNow()
      if (answer) throw answer
    },
  } as unknown as Guard
  const heartbeat = new Heartbeat(tools, clock, 45, 10_000)
  heartbeat.start()
  await new Promise(resolve => setTimeout(resolve, 50))
  return { failure: heartbeat.failure, beats }
}

test('repeats a failed heartbeat while the lease lasts long enough', async () => {
  const slow = error('server-command-failed')
  expect(await beating([slow, slow, undefined, slow, undefined])).toEqual({ failure: undefined, beats: 5 })
})

test('gives up where the lease would expire before the next attempt', async () => {
  const slow = error('server-command-failed')
  expect(await beating([slow, slow, slow, undefined])).toEqual({ failure: slow, beats: 3 })
})

test('stops at once after a take-over', async () => {
  const taken = error('lock-held')
  expect(await beating([taken, undefined])).toEqual({ failure: taken, beats: 1 })
})
