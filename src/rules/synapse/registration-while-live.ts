import { masRegistrationVariable, registrationVariable as name } from '../facts/registration.ts'
import { live, prepared } from '../facts/stages.ts'
import { turnOff } from '../facts/synapse-while.ts'
import { defineRule } from '../kit/rule.ts'

export const registrationWhileLive = defineRule({
  id: 'synapse/registration-while-live',
  severity: 'error',
  stages: ['live'],
  why: 'Once Synapse delegates to MAS, MAS makes the accounts. Today the playbook refuses the registration of Synapse beside it, and Synapse does not start.',
  remedy: `Turn it off in the change that migrates. Open registration is \`${masRegistrationVariable}: true\` in MAS.`,
  examples: {
    wrong: [`${live}${name}: true`],
    right: [live, `${live}${name}: false`, `${live}${name}: "{{ x }}"`, `${prepared}${name}: true`],
  },
  check: context => turnOff(context, name, 'is on while MAS is live'),
})
