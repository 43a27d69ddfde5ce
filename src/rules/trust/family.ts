import type { Rule } from '../kit/rule.ts'
import { bidiCharacters, hiddenCharacters, homoglyphs } from './characters.ts'
import { ansibleCfg, pluginFolder } from './files.ts'
import { jinjaReachesPython } from './jinja-reaches-python.ts'
import { lookupReadsRunner, lookupRunsProgram } from './lookups.ts'
import { runsOnRunner } from './runs-on-runner.ts'
import { hostKeyUnchecked, sshRunsProgram } from './ssh.ts'

export const trustRules: readonly Rule[] = [
  sshRunsProgram,
  hostKeyUnchecked,
  runsOnRunner,
  lookupRunsProgram,
  lookupReadsRunner,
  jinjaReachesPython,
  ansibleCfg,
  pluginFolder,
  bidiCharacters,
  hiddenCharacters,
  homoglyphs,
]
