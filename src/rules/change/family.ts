import type { Rule } from '../kit/rule.ts'
import { keptValueRules } from './kept-values.ts'
import { masAddressChanged } from './mas-address.ts'
import { masDowngrade } from './mas-downgrade.ts'
import { migrationWithOtherChanges } from './migration-with-other-changes.ts'
import { passwordPepperChanged } from './password-pepper.ts'
import { providerIdChanged, providerRemoved } from './providers.ts'
import { removedInUse } from './removed-in-use.ts'
import { liveToOff, severalMigrations, skipsPrepared, stageHidden } from './stages.ts'

/** Rules that compare a change with its base, in the order of the pages. */
export const changeRules: readonly Rule[] = [
  stageHidden,
  skipsPrepared,
  liveToOff,
  severalMigrations,
  ...keptValueRules,
  passwordPepperChanged,
  masAddressChanged,
  masDowngrade,
  providerIdChanged,
  providerRemoved,
  removedInUse,
  migrationWithOtherChanges,
]
