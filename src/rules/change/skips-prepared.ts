import { inProgressVariable } from '../../inventory/desired-stage.ts'
import { live, off, prepared } from '../facts/stages.ts'
import { defineRule } from '../kit/rule.ts'

export const skipsPrepared = defineRule({
  id: 'change/skips-prepared',
  severity: 'error',
  stages: ['live'],
  needs: 'base',
  why: 'What would go live was never installed beside Synapse, and no account is in it: nobody could log in. `deploy` and `migrate` refuse it where Synapse has accounts.',
  remedy: `Split the change: first one with \`${inProgressVariable}: true\`, and after its deployment one that removes that line.`,
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
      ? [
          {
            message: 'the change goes from no MAS to a live one, without preparing it',
            ...(stage.place && { place: stage.place }),
          },
        ]
      : [],
})
