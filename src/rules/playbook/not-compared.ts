import { exampleCheckout as checkout } from '../facts/example-checkout.ts'
import { defineRule } from '../kit/rule.ts'

export const notCompared = defineRule({
  id: 'playbook/not-compared',
  severity: 'notice',
  stages: ['off', 'prepared', 'live', 'unknown'],
  why: 'Whether a variable exists, was renamed or removed, has a value of the right type, and which of the two playbooks is meant can only be told beside the playbook. Without it this check says nothing of all that.',
  remedy:
    'Check the playbook out at the commit that you run, and name its folder in `playbook-path`. It is read as text; nothing of it is run.',
  examples: {
    wrong: ['matrix_domain: example.test', 'matrix_synapse_enable_registraton: true'],
    right: [{ vars: 'matrix_domain: example.test', checkout }],
  },
  checkAll: ({ checkout: given, hosts }) =>
    given || hosts.length === 0
      ? []
      : [{ message: 'the vars were not compared with the playbook: no checkout of it is given' }],
})
