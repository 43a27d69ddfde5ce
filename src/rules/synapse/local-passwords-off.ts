import { extension, homeserver, settingAt, synapseExtension } from '../facts/extensions.ts'
import { live, prepared } from '../facts/stages.ts'
import { defineRule } from '../kit/rule.ts'

const { variable: name } = homeserver.localPasswords

export const localPasswordsOff = defineRule({
  id: 'synapse/local-passwords-off',
  severity: 'warning',
  stages: ['prepared'],
  why: 'Synapse does not check passwords against its own database. syn2mas migrates only passwords from that database, so these accounts will have no password in MAS.',
  remedy: 'Give the accounts an upstream provider of MAS, or set passwords for them.',
  examples: {
    wrong: [
      `${prepared}${name}: false`,
      prepared + extension(synapseExtension, 'password_config:', '  localdb_enabled: false'),
    ],
    right: [
      prepared,
      `${prepared}${name}: true`,
      `${prepared}${name}: "{{ x }}"`,
      `${live}${name}: false`,
      `${prepared}${name}: false\n${extension(synapseExtension, 'password_config:', '  localdb_enabled: true')}`,
    ],
  },
  check: context => {
    const { state, place, subject } = settingAt(context, homeserver.localPasswords)
    return state === 'off'
      ? [{ message: `${subject} is off, so the passwords are not in the database of Synapse`, place }]
      : []
  },
})
