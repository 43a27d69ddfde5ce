import { inProgressVariable } from '../../inventory/desired-stage.ts'
import { live, off, prepared } from '../facts/stages.ts'
import { defineRule } from '../kit/rule.ts'

export const skipsPrepared = defineRule({
  id: 'change/skips-prepared',
  severity: 'error',
  stages: ['live'],
  needs: 'base',
  why: 'MAS would go live without the accounts of Synapse, so no user could log in. `deploy` and `migrate` refuse this change if Synapse has accounts.',
  remedy: `Split the change in two. First set \`${inProgressVariable}: true\`, and deploy. Then remove that line in a second change.`,
  examples: {
    wrong: [
      { base: off, vars: live },
      { base: 'matrix_domain: example.test', vars: live },
    ],
    right: [
      { base: prepared, vars: live },
      { base: off, vars: prepared },
      { base: live, vars: live },
      { base: { files: { 'inventory/hosts': '[matrix_servers]\nother.example.test\n' } }, vars: live },
    ],
  },
  check: ({ stage, base }) =>
    base?.host && base.stage.stage === 'off'
      ? [{ message: 'this change makes MAS live without the prepare step', place: stage.place }]
      : [],
})
