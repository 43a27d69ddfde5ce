import { whereOn } from '../facts/services-enabled.ts'
import { live, off, prepared } from '../facts/stages.ts'
import { defineRule } from '../kit/rule.ts'

const name = 'matrix_synapse_admin_enabled'

export const synapseAdmin = defineRule({
  id: 'services/synapse-admin',
  severity: 'notice',
  stages: ['prepared', 'live'],
  why: 'It shows accounts, but cannot change passwords or sessions that MAS has. A fresh login of an administrator has no administrator rights with MAS.',
  remedy: 'Use Ketesa, its successor, which speaks with MAS; or the commands of `mas-cli manage`.',
  examples: {
    wrong: [`${prepared}${name}: true`, `${live}${name}: true`],
    right: [live, `${live}${name}: false`, `${live}matrix_ketesa_enabled: true`, `${off}${name}: true`],
  },
  check: context => whereOn(context, [name], 'is on; it works with MAS in parts only'),
})
