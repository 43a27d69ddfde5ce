import { enabledVariable, inProgressVariable } from '../../inventory/desired-stage.ts'
import { live } from '../facts/stages.ts'
import { switchAt } from '../facts/switches.ts'
import { defineRule } from '../kit/rule.ts'

export const inProgressWithoutMas = defineRule({
  id: 'mas/in-progress-without-mas',
  severity: 'warning',
  stages: ['off'],
  why: 'A migration is said to be in progress towards a MAS that is not enabled. Going back to the login of Synapse keeps MAS enabled: disabling it makes the playbook delete MAS with its signing keys.',
  remedy: `Set \`${enabledVariable}: true\`, or remove \`${inProgressVariable}\`.`,
  examples: {
    wrong: [`${inProgressVariable}: true`, `${enabledVariable}: false\n${inProgressVariable}: true`],
    right: [
      `${live}${inProgressVariable}: true`,
      `${inProgressVariable}: false`,
      `${inProgressVariable}: "{{ x }}"`,
    ],
  },
  check: ({ host }) => {
    const { state, place } = switchAt(host, inProgressVariable)
    if (state !== 'on') return []
    return [{ message: `\`${inProgressVariable}\` is true and MAS is not enabled`, ...(place && { place }) }]
  },
})
