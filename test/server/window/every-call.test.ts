import { test } from 'vitest'
import { disturb, disturbCalls, disturbWrites, migration, rollback } from './every-call.ts'
import { callKinds } from './programs.ts'
import { writeKinds } from './sandbox.ts'

// Some of the calls and writes; window.long.test.ts disturbs each in every way.
test(
  'a program that is disturbed at a call ends the migration when it is started again',
  () => disturbCalls(migration, callKinds, 5),
  300_000,
)

test(
  'a program that is disturbed at a write ends the migration when it is started again',
  () => disturbWrites(migration, writeKinds, 7),
  300_000,
)

test(
  'the same in a rollback: the server is live as before, or rolled back',
  () => disturbCalls(rollback, callKinds, 7),
  300_000,
)

test(
  'the same where the state folder is replaced again while it is away',
  () =>
    disturb(rollback, [
      { call: 1, kind: 'state-away' },
      { call: 2, kind: 'state-away' },
    ]),
  300_000,
)
