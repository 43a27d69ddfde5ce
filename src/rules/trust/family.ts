import type { Rule } from '../kit/rule.ts'
import { ansibleCfg } from './ansible-cfg.ts'
import { bidiCharacters } from './bidi-characters.ts'
import { hiddenCharacters } from './hidden-characters.ts'
import { homoglyphs } from './homoglyphs.ts'
import { hostKeyUnchecked } from './host-key-unchecked.ts'
import { jinjaReachesPython } from './jinja-reaches-python.ts'
import { lookupReadsRunner } from './lookup-reads-runner.ts'
import { lookupRunsProgram } from './lookup-runs-program.ts'
import { pluginFolder } from './plugin-folder.ts'
import { runsOnRunner } from './runs-on-runner.ts'
import { sshRunsProgram } from './ssh-runs-program.ts'

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
