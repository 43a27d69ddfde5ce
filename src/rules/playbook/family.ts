import type { Rule } from '../kit/rule.ts'
import { noHost } from './no-host.ts'
import { notCompared } from './not-compared.ts'
import { otherDialect } from './other-dialect.ts'
import { removedVariable } from './removed-variable.ts'
import { renamedVariable } from './renamed-variable.ts'
import { unknownVariable } from './unknown-variable.ts'
import { unusedGroupVars } from './unused-group-vars.ts'
import { unusedHostVars } from './unused-host-vars.ts'
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
