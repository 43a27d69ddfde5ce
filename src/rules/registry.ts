import { changeRules } from './change/family.ts'
import type { Rule } from './kit/rule.ts'
import { masRules } from './mas/family.ts'
import { playbookRules } from './playbook/family.ts'
import { providersRules } from './providers/family.ts'
import { servicesRules } from './services/family.ts'
import { synapseRules } from './synapse/family.ts'
import { trustRules } from './trust/family.ts'

/** Every rule, in the order in which documentation lists them. */
export const rules: readonly Rule[] = [
  ...masRules,
  ...providersRules,
  ...synapseRules,
  ...servicesRules,
  ...playbookRules,
  ...trustRules,
  ...changeRules,
]
