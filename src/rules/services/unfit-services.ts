import { whereOn } from '../facts/services-enabled.ts'
import { live, off, prepared } from '../facts/stages.ts'
import { defineRule } from '../kit/rule.ts'

/** Its switch in the playbook of 2024, and since its bridges have one prefix. */
const names = [
  'matrix_postmoogle_enabled',
  'matrix_bridge_postmoogle_enabled',
  'matrix_bot_postmoogle_enabled',
]

export const postmoogle = defineRule({
  id: 'services/postmoogle',
  severity: 'warning',
  stages: ['prepared', 'live'],
  why: 'With MAS it works once, and fails whenever it is started again: its keys for encryption seem to be gone from the server.',
  remedy: 'Turn it off before the migration, or do without mail until it works with MAS.',
  examples: {
    wrong: names.map(name => `${prepared}${name}: true`),
    right: [live, `${live}${names[0]}: false`, `${live}${names[1]}: "{{ x }}"`, `${off}${names[1]}: true`],
  },
  check: context => whereOn(context, names, 'is on; it does not survive a restart with MAS'),
})
