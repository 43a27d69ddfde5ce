import { extension, homeserver, settingAt, synapseExtension } from '../facts/extensions.ts'
import { live, prepared } from '../facts/stages.ts'
import { switchAt } from '../facts/values.ts'
import {
  masRegistrationVariable,
  masTokenVariable,
  registrationVariable as name,
} from '../facts/variables.ts'
import { defineRule } from '../kit/rule.ts'

const tokenVariable = homeserver.registrationToken.variable

export const registrationNotPorted = defineRule({
  id: 'synapse/registration-not-ported',
  severity: 'notice',
  stages: ['prepared'],
  why: 'Users can register now, but not once MAS is live: registration is off in MAS by default.',
  remedy: `Set \`${masRegistrationVariable}\` to \`true\` or \`false\`. With \`true\` anyone can register, unless you also set the restrictions of Synapse in MAS.`,
  examples: {
    wrong: [
      `${prepared}${name}: true`,
      `${prepared}${name}: true\n${tokenVariable}: true`,
      prepared + extension(synapseExtension, 'enable_registration: true'),
    ],
    right: [
      prepared,
      `${prepared}${name}: false`,
      `${prepared}${name}: true\n${masRegistrationVariable}: true`,
      `${prepared}${name}: true\n${masRegistrationVariable}: false`,
      `${prepared}${name}: true\n${extension(synapseExtension, 'enable_registration: false')}`,
      `${live}${name}: true`,
    ],
  },
  check: context => {
    const { state, place, subject } = settingAt(context, homeserver.registration)
    if (state !== 'on' || switchAt(context.host, masRegistrationVariable).state !== 'absent') return []
    const message = `${subject} is on, but registration is not set in MAS`
    const token = settingAt(context, homeserver.registrationToken).state
    const needsToken = token === 'on' || token === 'unclear'
    return [{ message, place, ...(needsToken && { remedy: tokenRemedy(context.checkout) }) }]
  },
})

/** The first MAS of the playbook has no registration tokens; later ones have them, with a variable. */
function tokenRemedy(checkout: { readonly dialect: string } | undefined): string {
  return checkout?.dialect === 'syn2mas-tool'
    ? 'Keep registration off in MAS. This version has no registration tokens, so anyone could register.'
    : `Set \`${masTokenVariable}: true\` together with \`${masRegistrationVariable}: true\`: without the token, anyone could register. Tokens of Synapse are not migrated; create new ones in MAS.`
}
