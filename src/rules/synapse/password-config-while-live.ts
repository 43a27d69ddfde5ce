import { live, prepared } from '../facts/stages.ts'
import { takeAway } from '../facts/synapse-while.ts'
import { defineRule } from '../kit/rule.ts'

const name = 'matrix_synapse_password_config_enabled'

export const passwordConfigWhileLive = defineRule({
  id: 'synapse/password-config-while-live',
  severity: 'error',
  stages: ['live'],
  why: 'Once Synapse delegates to MAS it checks no passwords itself: the playbook refuses this line beside it, and Synapse does not start.',
  remedy: 'Remove the line: the playbook turns it off by itself.',
  examples: {
    wrong: [`${live}${name}: true`, `${live}${name}: yes`],
    right: [live, `${live}${name}: false`, `${live}${name}: "{{ x }}"`, `${prepared}${name}: true`],
  },
  check: context => takeAway(context, name, 'is on while MAS is live'),
})
