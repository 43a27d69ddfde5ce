import { enabledVariable, inProgressVariable } from '../../inventory/desired-stage.ts'
import { live } from '../facts/stages.ts'
import { switchAt } from '../facts/values.ts'
import { defineRule } from '../kit/rule.ts'

export const inProgressWithoutMas = defineRule({
  id: 'mas/in-progress-without-mas',
  severity: 'warning',
  stages: ['off'],
  why: 'A migration to MAS is marked as in progress, but MAS is not enabled. A rollback to the built-in login of Synapse keeps MAS enabled: if you disable MAS, the playbook deletes it with its signing keys.',
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
    return [{ message: `\`${inProgressVariable}\` is true, but MAS is not enabled`, place }]
  },
})
