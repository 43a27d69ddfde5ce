import fc from 'fast-check'
import { describe, test } from 'vitest'
import { disturb, disturbCalls, kinds, migration, rollback } from './every-call.ts'

describe.each([
  ['a migration', migration],
  ['a rollback', rollback],
] as const)('%s on the server', (_, scenario) => {
  test.each(kinds)(
    'with a fault at every call (%s): ends, and leaves nothing',
    kind => disturbCalls(scenario, [kind]),
    900_000,
  )

  // fast-check prints the seed of a failing schedule: pass it as `seed` to repeat it.
  test(
    'with up to four faults in a row, also while it restores: ends, and leaves nothing',
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(
            fc.record({ call: fc.integer({ min: 1, max: 140 }), kind: fc.constantFrom(...kinds) }),
            { minLength: 2, maxLength: 4, selector: ({ call }) => call },
          ),
          faults => disturb(scenario, faults),
        ),
        { numRuns: Number(process.env.SCHEDULES ?? 60) },
      ),
    3_600_000,
  )
})
