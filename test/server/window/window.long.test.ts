import fc from 'fast-check'
import { describe, test } from 'vitest'
import { atOnce, disturb, disturbCalls, disturbWrites, migration, rollback } from './every-call.ts'
import { callKinds } from './programs.ts'
import { writeKinds } from './sandbox.ts'

describe.each([
  ['a migration', migration],
  ['a rollback', rollback],
] as const)('%s on the server', (_, scenario) => {
  test.each(callKinds)(
    'with a fault at every call (%s): ends, and leaves nothing',
    kind => disturbCalls(scenario, [kind]),
    1_800_000,
  )

  test.each(writeKinds)(
    'with a fault at every write (%s): ends, and leaves nothing',
    kind => disturbWrites(scenario, [kind]),
    1_800_000,
  )

  // fast-check prints the seed of a failing schedule: pass it as `seed` to repeat it.
  test('with up to four faults in a row, also while it restores: ends, and leaves nothing', () => {
    const call = fc.record({
      call: fc.integer({ min: 1, max: 140 }),
      kind: fc.constantFrom(...callKinds),
    })
    const write = fc.record({
      write: fc.integer({ min: 1, max: 140 }),
      kind: fc.constantFrom(...writeKinds),
    })
    const disturbed = fc.asyncProperty(
      fc.array(fc.oneof(call, write), { minLength: 2, maxLength: 4 }),
      faults => disturb(scenario, faults),
    )
    const numRuns = Math.ceil(Number(process.env.SCHEDULES ?? 60) / atOnce)
    return Promise.all(Array.from({ length: atOnce }, () => fc.assert(disturbed, { numRuns })))
  }, 3_600_000)
})
