import type { Rule } from '../kit/rule.ts'
import { encryptedBridges } from './encrypted-bridges.ts'
import { unfitServiceRules } from './unfit-services.ts'

export const servicesRules: readonly Rule[] = [...unfitServiceRules, encryptedBridges]
