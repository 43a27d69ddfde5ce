import {
  passwordsEnabledVariable as masPasswords,
  synapsePasswordsVariable as name,
} from '../../domain/variables.ts'
import { isOfPlaybook } from '../../inventory/definition.ts'
import type { Value } from '../../inventory/value.ts'
import { beforeMigration, inMas, inSynapse } from '../facts/extensions.ts'
import { subjectOf, switchAt } from '../facts/values.ts'
import { asTrue } from '../kit/fix.ts'
import { defineRule, type HostContext, live, off, prepared, withEach } from '../kit/rule.ts'

export const passwordConfigWhilePrepared = defineRule({
  id: 'synapse/password-config-while-prepared',
  severity: 'error',
  stages: ['prepared'],
  why: 'Both migration tools accept only `true` or `false`, and stop at anything else, such as `only_for_reauth`.',
  remedy: 'Until the migration, write `true` if users log in with passwords, and `false` if they do not.',
  examples: {
    wrong: [
      ...withEach(prepared, name, 'only_for_reauth', '"true"', '"false"'),
      prepared + inSynapse('password_config:', '  enabled: only_for_reauth'),
    ],
    right: [
      prepared,
      ...withEach(prepared, name, 'true', 'false', '"{{ x }}"'),
      `${prepared}${name}: only_for_reauth\n${inSynapse('password_config:', '  enabled: false')}`,
      `${live}${name}: only_for_reauth`,
    ],
  },
  check: ({ host }) => {
    const variable = host.variable(name)
    const { value, definition } = variable
    if (!value || isOfPlaybook(definition) || !isNoSwitch(value)) return []
    const message = `${subjectOf(variable)} is neither \`true\` nor \`false\` while MAS is prepared`
    return [{ message, place: value.place, suggestion: asTrue(definition) }]
  },
})

function isNoSwitch({ kind }: Value): boolean {
  return kind !== 'boolean' && kind !== 'unknown' && kind !== 'vault'
}

const closed = `${prepared}${name}: false\n`

export const passwordLoginOpens = defineRule({
  id: 'synapse/password-login-opens',
  severity: 'warning',
  why: 'Password login is off in Synapse, but on by default in MAS. syn2mas migrates every password that Synapse still stores, so the old passwords work again after the migration.',
  remedy: `Before the change that migrates, set \`${masPasswords}: false\`, with an upstream provider for all users. Set it to \`true\` if users should be able to log in with passwords again.`,
  examples: {
    wrong: [
      closed,
      prepared + inSynapse('password_config:', '  enabled: false'),
      `${prepared}${name}: only_for_reauth`,
      { base: closed, vars: live },
    ],
    right: [
      prepared,
      ...withEach(closed, masPasswords, 'false', 'true', '"{{ x }}"'),
      closed + inMas('passwords:', '  enabled: false'),
      `${prepared}${name}: "{{ x }}"`,
      `${closed}${inSynapse('password_config:', '  enabled: true')}`,
      `${live}${name}: false`,
      { base: `${prepared}${name}: true`, vars: live },
      `${off}${name}: false`,
    ],
  },
  check: context => {
    const before = beforeMigration(context)
    if (!before || switchAt(context.host, masPasswords).state !== 'absent') return []
    const off = passwordLoginOff(before)
    if (!off) return []
    const place = before === context.host ? off.place : context.stage.place
    return [{ message: `${off.subject} turns password login off, but it is on in MAS`, place }]
  },
})

/** The setting that turns password login to Synapse off, if there is one. */
function passwordLoginOff(host: HostContext['host']) {
  const setting = switchAt(host, name)
  const { value } = host.variable(name)
  const forReauth = value?.kind === 'string' && value.value === 'only_for_reauth'
  return setting.state === 'off' || forReauth ? setting : undefined
}

export const localPasswordsVariable = 'matrix_synapse_password_config_localdb_enabled'

export const localPasswordsOff = defineRule({
  id: 'synapse/local-passwords-off',
  severity: 'warning',
  stages: ['prepared'],
  why: 'Synapse does not check passwords against its own database. syn2mas migrates only passwords from that database, so these accounts will have no password in MAS.',
  remedy: 'Give the accounts an upstream provider of MAS, or set passwords for them.',
  examples: {
    wrong: [
      `${prepared}${localPasswordsVariable}: false`,
      prepared + inSynapse('password_config:', '  localdb_enabled: false'),
    ],
    right: [
      prepared,
      ...withEach(prepared, localPasswordsVariable, 'true', '"{{ x }}"'),
      `${live}${localPasswordsVariable}: false`,
      `${prepared}${localPasswordsVariable}: false\n${inSynapse('password_config:', '  localdb_enabled: true')}`,
    ],
  },
  check: ({ host }) => {
    const { state, place, subject } = switchAt(host, localPasswordsVariable)
    return state === 'off'
      ? [{ message: `${subject} is off, so the passwords are not in the database of Synapse`, place }]
      : []
  },
})
