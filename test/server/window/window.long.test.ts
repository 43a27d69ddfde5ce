import { describe, test } from 'vitest'
import { disturbCalls, migration, rollback } from './every-call.ts'

describe.each([
  ['a migration', migration],
  ['a rollback', rollback],
] as const)('%s on the server, with a fault at every call', (_, scenario) => {
  test.each(['fail', 'kill-before', 'kill-after'] as const)(
    '%s: ends, and leaves nothing',
    kind => disturbCalls(scenario, [kind]),
    900_000,
  )
})
