import { casVariable as name } from '../facts/cas.ts'
import { live, off, prepared } from '../facts/stages.ts'
import { turnOff } from '../facts/synapse-while.ts'
import { defineRule } from '../kit/rule.ts'

export const casWhileLive = defineRule({
  id: 'synapse/cas-while-live',
  severity: 'error',
  stages: ['live'],
  why: 'Once Synapse delegates to MAS it authenticates nobody itself: today the playbook refuses CAS beside it, and Synapse does not start.',
  remedy:
    'Turn it off in the change that migrates. MAS has no CAS: a bridge such as Dex can speak CAS on one side and OpenID Connect on the other.',
  examples: {
    wrong: [`${live}${name}: true`],
    right: [
      live,
      `${live}${name}: false`,
      `${live}${name}: "{{ x }}"`,
      `${prepared}${name}: true`,
      `${off}${name}: true`,
    ],
  },
  check: context => turnOff(context, name, 'is on while MAS is live'),
})
