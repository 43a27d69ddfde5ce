import type { Rule } from '../rule.ts'
import { otherDialect } from './other-dialect.ts'
import { removedVariable } from './removed-variable.ts'
import { renamedVariable } from './renamed-variable.ts'
import { unknownVariable } from './unknown-variable.ts'
import { validatedVersion } from './validated-version.ts'
import { wrongType } from './wrong-type.ts'

export const playbookRules: readonly Rule[] = [
  unknownVariable,
  renamedVariable,
  removedVariable,
  wrongType,
  validatedVersion,
  otherDialect,
]
