import { enabledVariable, inProgressVariable } from '../../inventory/desired-stage.ts'
import { wasLive } from '../facts/change-compare.ts'
import { live, off, prepared } from '../facts/stages.ts'
import { defineRule } from '../kit/rule.ts'

export const liveToOff = defineRule({
  id: 'change/live-to-off',
  severity: 'error',
  stages: ['off'],
  needs: 'base',
  why: 'Synapse delegates to MAS. Without MAS no user can log in, and the playbook deletes MAS with its signing keys.',
  remedy: `Keep \`${enabledVariable}: true\`. To roll back to Synapse's built-in login, set \`${inProgressVariable}: true\`.`,
  examples: {
    wrong: [
      { base: live, vars: off },
      { base: live, vars: 'matrix_domain: example.test' },
    ],
    right: [
      { base: live, vars: prepared },
      { base: prepared, vars: off },
      { base: off, vars: off },
    ],
  },
  check: context =>
    wasLive(context)
      ? [{ message: 'this change disables MAS on a live host', place: context.stage.place }]
      : [],
})
