import { defineRule } from '../rule.ts'
import { live, prepared } from '../stages.ts'
import { switchAt } from '../switches.ts'
import { masRegistrationVariable, registrationVariable } from './registration.ts'

const name = 'matrix_synapse_registration_requires_token'
const ofMas = 'matrix_authentication_service_config_account_registration_token_required'
const open = `${prepared}${registrationVariable}: true\n${masRegistrationVariable}: true\n`

export const registrationTokensNotPorted = defineRule({
  id: 'synapse/registration-tokens-not-ported',
  severity: 'warning',
  stages: ['prepared'],
  why: 'Only who has a token can register now, and anybody could once MAS is live: it asks for none unless it is told to, and knows none of the tokens of Synapse.',
  remedy: `Set \`${ofMas}: true\`, and make tokens anew: mas-cli manage issue-user-registration-token.`,
  examples: {
    wrong: [`${open}${name}: true`, `${open}${name}: true\n${ofMas}: false`],
    right: [
      open,
      `${open}${name}: false`,
      `${open}${name}: true\n${ofMas}: true`,
      `${open}${name}: true\n${ofMas}: "{{ x }}"`,
      `${prepared}${registrationVariable}: true\n${name}: true`,
      `${live}${masRegistrationVariable}: true\n${name}: true`,
    ],
  },
  check: ({ host }) => {
    const asks = switchAt(host, name)
    const mas = switchAt(host, ofMas).state
    const isOpen = switchAt(host, masRegistrationVariable).state === 'on'
    if (asks.state !== 'on' || !isOpen || mas === 'on' || mas === 'unclear') return []
    const message = `\`${name}\` is on, and registration in MAS asks for no token`
    return [{ message, ...(asks.place && { place: asks.place }) }]
  },
})
