import type { Rule } from '../kit/rule.ts'
import { corporal } from './corporal.ts'
import { encryptedBridges } from './encrypted-bridges.ts'
import { registrationBot } from './registration-bot.ts'
import { reminderBot } from './reminder-bot.ts'
import { synapseAdmin } from './synapse-admin.ts'
import { postmoogle } from './unfit-services.ts'

export const servicesRules: readonly Rule[] = [
  corporal,
  postmoogle,
  reminderBot,
  registrationBot,
  synapseAdmin,
  encryptedBridges,
]
