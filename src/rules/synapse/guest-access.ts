import { live, off, prepared } from '../facts/stages.ts'
import { turnOff } from '../facts/synapse-while.ts'
import { defineRule } from '../kit/rule.ts'

const name = 'matrix_synapse_allow_guest_access'

export const guestAccess = defineRule({
  id: 'synapse/guest-access',
  severity: 'error',
  stages: ['prepared', 'live'],
  why: 'MAS has no guests: today syn2mas refuses to run while Synapse lets them in, and the tool of the first guide stops at the first account of one.',
  remedy: 'Set it to `false` before the rehearsal. Guests that are there already lose their sessions.',
  examples: {
    wrong: [`${prepared}${name}: true`, `${live}${name}: true`],
    right: [prepared, `${prepared}${name}: false`, `${prepared}${name}: "{{ x }}"`, `${off}${name}: true`],
  },
  check: context => turnOff(context, name, 'is on, and MAS has no guests'),
})
