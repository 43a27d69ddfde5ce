import { encryptionSecretFormat, encryptionSecretMissing } from './mas/encryption-secret.ts'
import { inProgressWithoutMas, stageContradictory, stageOverruled, stageUnknown } from './mas/stage.ts'
import {
  delegationHeldBackWhileLive,
  delegationWhilePrepared,
  elementHeldBackWhileLive,
  elementWhilePrepared,
  wellKnownHeldBackWhileLive,
  wellKnownWhilePrepared,
} from './mas/traps.ts'
import { providerShape, providerUnknownKey } from './providers/shape.ts'
import type { Rule } from './rule.ts'
import { oidcLeftOver, oidcWhileLive } from './synapse/oidc.ts'
import { passwordProviderWhileLive, passwordProviderWhilePrepared } from './synapse/password-providers.ts'

/** Every rule, in the order in which documentation lists them. */
export const rules: readonly Rule[] = [
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
  providerShape,
  providerUnknownKey,
  passwordProviderWhilePrepared,
  passwordProviderWhileLive,
  oidcWhileLive,
  oidcLeftOver,
]
