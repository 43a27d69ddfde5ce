import { openRule } from './trap-rules.ts'
import { wellKnown } from './traps.ts'

export const wellKnownWhilePrepared = openRule(wellKnown)
