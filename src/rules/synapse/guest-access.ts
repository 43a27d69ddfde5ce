import { live, off, prepared } from '../facts/stages.ts'
import { turnOff } from '../facts/synapse-while.ts'
import { defineRule } from '../kit/rule.ts'

const name = 'matrix_synapse_allow_guest_access'

export const guestAccess = defineRule({
  id: 'synapse/guest-access',
  severity: 'error',
  stages: ['prepared', 'live'],
  why: 'MAS does not support guests. syn2mas refuses to run while Synapse allows guests, and the Node tool stops at the first guest account.',
  remedy: 'Set it to `false` before the rehearsal. Existing guests lose their sessions.',
  examples: {
    wrong: [`${prepared}${name}: true`, `${live}${name}: true`],
    right: [prepared, `${prepared}${name}: false`, `${prepared}${name}: "{{ x }}"`, `${off}${name}: true`],
  },
  check: context => turnOff(context, name, 'is on, but MAS does not support guests'),
})
