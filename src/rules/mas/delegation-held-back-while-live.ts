import { leftOverRule } from './trap-rules.ts'
import { delegation } from './traps.ts'

export const delegationHeldBackWhileLive = leftOverRule(delegation)
