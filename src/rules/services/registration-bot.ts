import { whereOn } from '../facts/services-enabled.ts'
import { live, off, prepared } from '../facts/stages.ts'
import { defineRule } from '../kit/rule.ts'

const name = 'matrix_bot_matrix_registration_bot_enabled'

export const registrationBot = defineRule({
  id: 'services/registration-bot',
  severity: 'warning',
  stages: ['prepared', 'live'],
  why: 'The bot makes registration tokens by the API of Synapse. Once MAS is live accounts are made there, and MAS knows nothing of those tokens.',
  remedy: 'Turn it off; MAS has registration tokens of its own.',
  examples: {
    wrong: [`${prepared}${name}: true`, `${live}${name}: true`],
    right: [live, `${live}${name}: false`, `${live}${name}: "{{ x }}"`, `${off}${name}: true`],
  },
  check: context => whereOn(context, [name], 'is on; its tokens are worth nothing to MAS'),
})
