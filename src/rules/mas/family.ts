import type { Rule } from '../rule.ts'
import { delegationHeldBackWhileLive } from './delegation-held-back-while-live.ts'
import { delegationWhilePrepared } from './delegation-while-prepared.ts'
import { elementHeldBackWhileLive } from './element-held-back-while-live.ts'
import { elementWhilePrepared } from './element-while-prepared.ts'
import { encryptionSecretFormat } from './encryption-secret-format.ts'
import { encryptionSecretMissing } from './encryption-secret-missing.ts'
import { inProgressWithoutMas } from './in-progress-without-mas.ts'
import { stageContradictory } from './stage-contradictory.ts'
import { stageOverruled } from './stage-overruled.ts'
import { stageUnknown } from './stage-unknown.ts'
import { wellKnownHeldBackWhileLive } from './well-known-held-back-while-live.ts'
import { wellKnownWhilePrepared } from './well-known-while-prepared.ts'

export const masRules: readonly Rule[] = [
  stageUnknown,
  stageOverruled,
  stageContradictory,
  inProgressWithoutMas,
  encryptionSecretMissing,
  encryptionSecretFormat,
  delegationWhilePrepared,
  wellKnownWhilePrepared,
  elementWhilePrepared,
  delegationHeldBackWhileLive,
  wellKnownHeldBackWhileLive,
  elementHeldBackWhileLive,
]
