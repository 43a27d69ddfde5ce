import { defineRule } from '../rule.ts'
import { live, off, prepared } from '../stages.ts'
import { passwordProviderVariables as variables } from './password-providers.ts'
import { turnOff } from './while.ts'

export const passwordProviderWhileLive = defineRule({
  id: 'synapse/password-provider-while-live',
  severity: 'error',
  stages: ['live'],
  why: 'Once Synapse delegates to MAS it authenticates nobody itself: the playbook refuses its password providers, and Synapse does not start with them.',
  remedy: 'Set it to `false` or remove the line in the change that migrates.',
  examples: {
    wrong: variables.map(variable => `${live}${variable}: true`),
    right: variables.flatMap(variable => [
      `${live}${variable}: false`,
      `${live}${variable}: "{{ x }}"`,
      `${prepared}${variable}: true`,
      `${off}${variable}: true`,
    ]),
  },
  check: context => variables.flatMap(variable => turnOff(context, variable, 'is on while MAS is live')),
})
