import { defineRule } from '../rule.ts'
import { live, prepared } from '../stages.ts'
import { switchAt } from '../switches.ts'

const name = 'matrix_synapse_password_config_localdb_enabled'

export const localPasswordsOff = defineRule({
  id: 'synapse/local-passwords-off',
  severity: 'warning',
  stages: ['prepared'],
  why: 'Passwords are checked by something else than the database of Synapse, and syn2mas takes over only what is in there: those accounts have no password in MAS.',
  remedy: 'Give the accounts an upstream provider of MAS, or passwords of their own.',
  examples: {
    wrong: [`${prepared}${name}: false`],
    right: [prepared, `${prepared}${name}: true`, `${prepared}${name}: "{{ x }}"`, `${live}${name}: false`],
  },
  check: ({ host }) => {
    const { state, place } = switchAt(host, name)
    return state === 'off'
      ? [{ message: `\`${name}\` is off: passwords come from elsewhere`, ...(place && { place }) }]
      : []
  },
})
