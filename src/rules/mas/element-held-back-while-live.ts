import { leftOverRule } from './trap-rules.ts'
import { element } from './traps.ts'

export const elementHeldBackWhileLive = leftOverRule(element)
