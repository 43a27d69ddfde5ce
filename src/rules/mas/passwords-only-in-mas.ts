import { linesBefore, withFix } from '../fix.ts'
import { defineRule } from '../rule.ts'
import { live, prepared } from '../stages.ts'
import { switchAt } from '../switches.ts'

const ofSynapse = 'matrix_synapse_password_config_enabled'
const ofMas = 'matrix_authentication_service_config_passwords_enabled'

/** MAS's default is on (the role's `defaults/main.yml`), whatever Synapse has. */
export const passwordsOnlyInMas = defineRule({
  id: 'mas/passwords-only-in-mas',
  severity: 'warning',
  stages: ['prepared'],
  why: 'Synapse takes no passwords here, and MAS does unless it is told otherwise: once it is live, whoever has an old password in the database could log in by it again, past the provider that decides over logins now.',
  remedy: `Set \`${ofMas}: false\`, or leave it where passwords are wanted again.`,
  examples: {
    wrong: [`${prepared}${ofSynapse}: false`, `${prepared}${ofSynapse}: false\n${ofMas}: true`],
    right: [
      prepared,
      `${prepared}${ofSynapse}: false\n${ofMas}: false`,
      `${prepared}${ofSynapse}: false\n${ofMas}: "{{ x }}"`,
      `${prepared}${ofSynapse}: "{{ x }}"`,
      `${live}${ofSynapse}: false`,
    ],
  },
  check: ({ host }) => {
    const { state, place, definition } = switchAt(host, ofSynapse)
    const mas = switchAt(host, ofMas)
    if (state !== 'off' || (mas.state !== 'on' && mas.state !== 'absent')) return []
    const message = 'password login is off in Synapse, and will be on in MAS'
    const fix = mas.definition ? undefined : linesBefore(definition, [`${ofMas}: false`])
    return [{ message, ...(place && { place }), ...withFix(fix) }]
  },
})
