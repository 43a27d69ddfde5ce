import { openRule } from './trap-rules.ts'
import { element } from './traps.ts'

export const elementWhilePrepared = openRule(element)
