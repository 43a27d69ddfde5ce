import { exampleCheckout as checkout } from '../facts/example-checkout.ts'
import { defineRule } from '../kit/rule.ts'

export const notCompared = defineRule({
  id: 'playbook/not-compared',
  severity: 'notice',
  stages: ['off', 'prepared', 'live', 'unknown'],
  why: 'Without a checkout of the playbook, this check cannot detect unknown, renamed or removed variables, wrong types, or variables of the other playbook version.',
  remedy:
    'Check out the playbook at the commit that you deploy, and set `playbook-path` to its folder. The check reads it as text and runs nothing from it.',
  examples: {
    wrong: ['matrix_domain: example.test', 'matrix_synapse_enable_registraton: true'],
    right: [{ vars: 'matrix_domain: example.test', checkout }],
  },
  checkAll: ({ checkout: given, hosts }) =>
    given || hosts.length === 0
      ? []
      : [{ message: '`playbook-path` is not set, so variable names and types were not checked' }],
})
