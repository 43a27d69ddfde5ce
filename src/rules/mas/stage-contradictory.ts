import { enabledVariable, inProgressVariable } from '../../inventory/desired-stage.ts'
import { defineRule } from '../rule.ts'
import { live } from '../stages.ts'
import { plainly } from './stage.ts'

export const stageContradictory = defineRule({
  id: 'mas/stage-contradictory',
  severity: 'error',
  stages: ['unknown'],
  why: 'The playbook asks for the same variable in two ways, and for such a value the answers differ: the text `"false"` counts as true in one place and as false in another.',
  remedy: `${plainly} Without quotes.`,
  examples: {
    wrong: [
      `${enabledVariable}: "false"`,
      `${enabledVariable}: enabled`,
      `${enabledVariable}: 2`,
      `${live}${inProgressVariable}: "no"`,
      `${live}${inProgressVariable}: [true]`,
    ],
    right: [
      `${enabledVariable}: no`,
      `${enabledVariable}: off`,
      `${live}${inProgressVariable}: 'true'`,
      `${live}${inProgressVariable}: 1`,
      `${live}${inProgressVariable}:`,
    ],
  },
  check: ({ stage }) =>
    stage.trouble === 'contradictory'
      ? [{ message: stage.reason, ...(stage.place && { place: stage.place }) }]
      : [],
})
