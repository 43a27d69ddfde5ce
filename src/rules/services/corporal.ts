import { whereOn } from '../facts/services-enabled.ts'
import { live, off, prepared } from '../facts/stages.ts'
import { defineRule } from '../kit/rule.ts'

const name = 'matrix_corporal_enabled'

export const corporal = defineRule({
  id: 'services/corporal',
  severity: 'error',
  stages: ['prepared', 'live'],
  why: 'It logs in as other people by the shared secret of Synapse, and answers their logins itself. Both end once MAS is live: what it enforces is enforced no longer.',
  remedy: 'Decide before the migration what takes its place, and turn it off.',
  examples: {
    wrong: [`${prepared}${name}: true`, `${live}${name}: true`],
    right: [live, `${live}${name}: false`, `${live}${name}: "{{ x }}"`, `${off}${name}: true`],
  },
  check: context => whereOn(context, [name], 'is on; it cannot work with MAS'),
})
