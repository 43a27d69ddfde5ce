import { whereOn } from '../facts/services-enabled.ts'
import { live, off, prepared } from '../facts/stages.ts'
import { defineRule } from '../kit/rule.ts'

const name = 'matrix_bot_matrix_reminder_bot_enabled'

export const reminderBot = defineRule({
  id: 'services/reminder-bot',
  severity: 'warning',
  stages: ['prepared', 'live'],
  why: 'With MAS it does not start, or loses what it has noted at each start and sends old reminders once more.',
  remedy: 'Turn it off before the migration, or accept what it does.',
  examples: {
    wrong: [`${prepared}${name}: true`, `${live}${name}: true`],
    right: [live, `${live}${name}: false`, `${live}${name}: "{{ x }}"`, `${off}${name}: true`],
  },
  check: context => whereOn(context, [name], 'is on; it does not work well with MAS'),
})
