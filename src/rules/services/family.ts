import type { Rule } from '../rule.ts'
import { corporal } from './corporal.ts'
import { encryptedBridges } from './encrypted-bridges.ts'
import { postmoogle } from './postmoogle.ts'
import { registrationBot } from './registration-bot.ts'
import { reminderBot } from './reminder-bot.ts'
import { synapseAdmin } from './synapse-admin.ts'

export const servicesRules: readonly Rule[] = [
  corporal,
  postmoogle,
  reminderBot,
  registrationBot,
  synapseAdmin,
  encryptedBridges,
]
