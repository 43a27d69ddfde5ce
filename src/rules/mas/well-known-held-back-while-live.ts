import { leftOverRule } from './trap-rules.ts'
import { wellKnown } from './traps.ts'

export const wellKnownHeldBackWhileLive = leftOverRule(wellKnown)
