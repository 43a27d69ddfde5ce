import { extendedAt, type Setting, settingAt } from '../facts/extended.ts'
import { extension, extensionVariable } from '../facts/extension.ts'
import { beforeMigration, homeserver, synapseExtension } from '../facts/homeserver-yaml.ts'
import { live, off, prepared } from '../facts/stages.ts'
import { defineRule, type HostContext } from '../kit/rule.ts'

const { variable: name } = homeserver.passwords
const masPasswords: Setting = {
  variable: 'matrix_authentication_service_config_passwords_enabled',
  extension: extensionVariable,
  path: ['passwords', 'enabled'],
}
const closed = `${prepared}${name}: false\n`

export const passwordLoginOpens = defineRule({
  id: 'synapse/password-login-opens',
  severity: 'warning',
  stages: ['prepared', 'live'],
  why: 'Nobody can log in to Synapse with a password. MAS has password login on unless it is told otherwise, and syn2mas takes over every password that Synapse still holds: after the migration they open the accounts again.',
  remedy: `Set \`${masPasswords.variable}: false\`, with an upstream provider that everybody can use; or \`true\` where passwords are meant to come back.`,
  examples: {
    wrong: [
      closed,
      prepared + extension(synapseExtension, 'password_config:', '  enabled: false'),
      `${prepared}${name}: only_for_reauth`,
      { base: closed, vars: live },
    ],
    right: [
      prepared,
      `${closed}${masPasswords.variable}: false`,
      `${closed}${masPasswords.variable}: true`,
      `${closed}${masPasswords.variable}: "{{ x }}"`,
      closed + extension(extensionVariable, 'passwords:', '  enabled: false'),
      `${prepared}${name}: "{{ x }}"`,
      `${closed}${extension(synapseExtension, 'password_config:', '  enabled: true')}`,
      `${live}${name}: false`,
      { base: `${prepared}${name}: true`, vars: live },
      `${off}${name}: false`,
    ],
  },
  check: context => {
    const before = beforeMigration(context)
    if (!before || settingAt(context, masPasswords).state !== 'absent') return []
    const found = passwordLoginOff({ ...context, host: before })
    if (!found) return []
    const place = before === context.host ? found.place : context.stage.place
    return [{ message: `${found.subject} closes password login, and MAS has it on`, ...(place && { place }) }]
  },
})

/** What keeps people from logging in to Synapse with a password, where something does. */
function passwordLoginOff(context: Pick<HostContext, 'host' | 'repository'>) {
  const found = settingAt(context, homeserver.passwords)
  const value =
    extendedAt(context, synapseExtension, homeserver.passwords.path)?.value ?? found.definition?.value
  const forReauth = value?.kind === 'string' && value.value === 'only_for_reauth'
  return found.state === 'off' || forReauth ? found : undefined
}
