import type { Rule } from '../rule.ts'
import { providerShape } from './shape.ts'
import { providerUnknownKey } from './unknown-key.ts'

export const providersRules: readonly Rule[] = [providerShape, providerUnknownKey]
