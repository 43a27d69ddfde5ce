import type { Rule } from '../kit/rule.ts'
import { noHost } from './no-host.ts'
import { notCompared } from './not-compared.ts'
import { otherDialect } from './other-dialect.ts'
import { removedVariable, renamedVariable } from './replaced-variables.ts'
import { unknownVariable } from './unknown-variable.ts'
import { unusedGroupVars, unusedHostVars } from './unused-vars.ts'
import { validatedVersion } from './validated-version.ts'
import { wrongType } from './wrong-type.ts'

export const playbookRules: readonly Rule[] = [
  noHost,
  notCompared,
  unusedHostVars,
  unusedGroupVars,
  unknownVariable,
  renamedVariable,
  removedVariable,
  wrongType,
  validatedVersion,
  otherDialect,
]
