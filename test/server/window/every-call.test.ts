import { test } from 'vitest'
import { disturbCalls, kinds, migration, rollback } from './every-call.ts'

// Some of the calls; window.long.test.ts disturbs every call in every way.
test(
  'a program that sees a call fail, or is killed at one, ends the migration when it is started again',
  () => disturbCalls(migration, kinds, 4),
  300_000,
)

test(
  'the same in a rollback: the server is live as before, or rolled back',
  () => disturbCalls(rollback, kinds, 5),
  300_000,
)
