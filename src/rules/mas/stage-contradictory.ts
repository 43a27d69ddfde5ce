import { enabledVariable, inProgressVariable } from '../../inventory/desired-stage.ts'
import { live, plainStageRemedy } from '../facts/stages.ts'
import { asSwitch } from '../kit/fix.ts'
import { defineRule } from '../kit/rule.ts'

export const stageContradictory = defineRule({
  id: 'mas/stage-contradictory',
  severity: 'error',
  stages: ['unknown'],
  why: 'The playbook evaluates this variable in two ways, and they disagree about such a value: the string `"false"` counts as true in one place and as false in another.',
  remedy: `${plainStageRemedy} Do not use quotes.`,
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
  check: ({ host, stage }) => {
    const { problem, reason, place } = stage
    if (problem !== 'contradictory' || !place) return []
    const deciding = [enabledVariable, inProgressVariable].find(name => host.variable(name).place === place)
    const suggestion = deciding === undefined ? undefined : asSwitch(host.variable(deciding).definition)
    return [{ message: reason, place, suggestion }]
  },
})
