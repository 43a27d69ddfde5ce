import { settingAt } from '../facts/extended.ts'
import { extension } from '../facts/extension.ts'
import { homeserver, synapseExtension } from '../facts/homeserver-yaml.ts'
import {
  masRegistrationVariable,
  masTokenVariable,
  registrationVariable as name,
} from '../facts/registration.ts'
import { live, prepared } from '../facts/stages.ts'
import { switchAt } from '../facts/switches.ts'
import { defineRule } from '../kit/rule.ts'

const tokenVariable = homeserver.registrationToken.variable

export const registrationNotPorted = defineRule({
  id: 'synapse/registration-not-ported',
  severity: 'notice',
  stages: ['prepared'],
  why: 'People can register now, and can no longer once MAS is live: registration is off in MAS unless it is turned on.',
  remedy: `Set \`${masRegistrationVariable}\` to what is meant: \`true\` lets everybody register, unless MAS is told of what Synapse asks for, too.`,
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
    const message = `${subject} is on, and MAS has no setting for registration`
    const token = settingAt(context, homeserver.registrationToken).state
    const needsToken = token === 'on' || token === 'unclear'
    return [
      { message, ...(place && { place }), ...(needsToken && { remedy: tokenRemedy(context.checkout) }) },
    ]
  },
})

/** MAS asks for tokens since the playbook has the variable; the first MAS of the playbook has none. */
function tokenRemedy(checkout: { readonly dialect: string } | undefined): string {
  return checkout?.dialect === 'syn2mas-tool'
    ? 'Leave registration off in MAS: this one knows no registration tokens, so it would let everybody in.'
    : `Set \`${masTokenVariable}: true\` together with \`${masRegistrationVariable}: true\`: the second alone lets everybody in. Synapse's tokens are not taken over; make new ones in MAS.`
}
