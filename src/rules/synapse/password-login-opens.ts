import {
  beforeMigration,
  extendedAt,
  extension,
  extensionVariable,
  homeserver,
  type Setting,
  settingAt,
  synapseExtension,
} from '../facts/extensions.ts'
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
  why: 'Password login is off in Synapse, but on by default in MAS. syn2mas migrates every password that Synapse still stores, so the old passwords work again after the migration.',
  remedy: `Set \`${masPasswords.variable}: false\`, with an upstream provider for all users. Set it to \`true\` if users should be able to log in with passwords again.`,
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
    const off = passwordLoginOff({ ...context, host: before })
    if (!off) return []
    const place = before === context.host ? off.place : context.stage.place
    return [{ message: `${off.subject} turns password login off, but it is on in MAS`, place }]
  },
})

/** The setting that turns password login to Synapse off, if there is one. */
function passwordLoginOff(context: Pick<HostContext, 'host' | 'repository'>) {
  const setting = settingAt(context, homeserver.passwords)
  const value =
    extendedAt(context, synapseExtension, homeserver.passwords.path)?.value ?? setting.definition?.value
  const forReauth = value?.kind === 'string' && value.value === 'only_for_reauth'
  return setting.state === 'off' || forReauth ? setting : undefined
}
