import { openRule } from './trap-rules.ts'
import { delegation } from './traps.ts'

export const delegationWhilePrepared = openRule(delegation)
