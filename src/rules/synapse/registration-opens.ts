import { textAt } from '../../inventory/value.ts'
import { beforeMigration, extendedAt, extensionVariable, inMas, inSynapse } from '../facts/extensions.ts'
import { switchAt } from '../facts/values.ts'
import {
  masRegistrationVariable,
  masTokenVariable,
  registrationVariable as name,
  tokenVariable,
} from '../facts/variables.ts'
import { defineRule, type HostContext, live, prepared, type Violation, withEach } from '../kit/rule.ts'

const masEmail = 'matrix_authentication_service_config_account_password_registration_email_required'

/** List settings of Synapse that restrict who can register. */
const required = 'matrix_synapse_registrations_require_3pid'
const allowed = 'matrix_synapse_allowed_local_3pids'

const open = `${prepared}${name}: true\n${masRegistrationVariable}: true\n`
const token = `${tokenVariable}: true\n`
const addresses = `${allowed}:\n  - medium: email\n    pattern: '^[^@]+@example\\.test$'\n`

export const registrationOpens = defineRule({
  id: 'synapse/registration-opens',
  severity: 'warning',
  why: "Synapse's settings restrict who can register. MAS does not have this restriction, so once it is live, more people can create accounts than these settings allow.",
  remedy: `Configure the same restriction in MAS, or keep \`${masRegistrationVariable}\` off. If everyone may register, remove Synapse's setting.`,
  examples: {
    wrong: [
      open + token,
      `${open}${token}${masTokenVariable}: false\n`,
      open + inSynapse('registration_requires_token: true'),
      ...withEach(open, required, `[email]\n${masEmail}: false\n`, '[msisdn]\n'),
      open + addresses,
      { base: open + token, vars: `${live}${masRegistrationVariable}: true\n` },
      `${live}${name}: false\n${token}${masRegistrationVariable}: true\n`,
      `${live}${addresses}${masRegistrationVariable}: true\n`,
    ],
    right: [
      open,
      `${open}${token}${masTokenVariable}: true\n`,
      `${open}${token}${masTokenVariable}: "{{ x }}"\n`,
      open + token + inMas('account:', '  password_registration_token_required: true'),
      ...withEach(open, required, '[email]\n', `[]\n${allowed}: []\n`),
      open + addresses + inMas('policy:', '  data:', '    emails: {}'),
      `${prepared}${name}: true\n${token}${addresses}`,
      `${prepared}${token}${masRegistrationVariable}: true\n`,
      { base: open + token, vars: `${live}${masRegistrationVariable}: true\n${masTokenVariable}: true\n` },
      live + token + addresses,
      `${live}${token}${masRegistrationVariable}: true\n${masTokenVariable}: true\n`,
      `${live}${masRegistrationVariable}: true\n`,
    ],
  },
  check: context => {
    const host = restrictingHost(context)
    if (!host) return []
    if (switchAt(context.host, masRegistrationVariable).state !== 'on') return []
    return [
      ...tokens(context, host),
      ...required3pids(context, host),
      ...allowedAddresses(context, host),
    ].map(violation => (host === context.host ? violation : { ...violation, place: context.stage.place }))
  },
})

/**
 * The vars whose restrictions count. After the migration, Synapse's registration is always off, but its restrictions still say what
 * the operator intended.
 */
function restrictingHost(context: HostContext): HostContext['host'] | undefined {
  const before = beforeMigration(context)
  if (before && switchAt(before, name).state === 'on') return before
  return context.stage.stage === 'live' ? context.host : undefined
}

function tokens(context: HostContext, host: HostContext['host']): readonly Violation[] {
  const { state, subject, place } = switchAt(host, tokenVariable)
  const asked = switchAt(context.host, masTokenVariable).state
  if (state !== 'on' || asked === 'on' || asked === 'unclear' || hasNewerKey(context)) return []
  const message = `${subject} is on, but MAS does not require a registration token`
  const remedy = `Set \`${masTokenVariable}: true\`; if this version of MAS has no tokens, keep \`${masRegistrationVariable}\` off. Tokens of Synapse are not migrated: create new ones in MAS.`
  return [{ message, remedy, place }]
}

/** Today's key in MAS that replaced the key of the variable (`crates/config/src/sections/account.rs`). */
function hasNewerKey(context: HostContext): boolean {
  return (
    extendedAt(context, extensionVariable, ['account', 'password_registration_token_required']) !== undefined
  )
}

function required3pids(context: HostContext, host: HostContext['host']): readonly Violation[] {
  const { value } = host.variable(required)
  const kinds = value?.kind === 'list' ? value.items.map(item => textAt(item)) : []
  const withoutMail = kinds.includes('email') && switchAt(context.host, masEmail).state === 'off'
  const missing = [
    ...(withoutMail ? ['an email address, but MAS does not'] : []),
    ...(kinds.includes('msisdn') ? ['a phone number, but MAS does not support phone numbers'] : []),
  ]
  return missing.map(what => ({ message: `\`${required}\` requires ${what}`, place: value?.place }))
}

function allowedAddresses(context: HostContext, host: HostContext['host']): readonly Violation[] {
  const { value } = host.variable(allowed)
  if (value?.kind !== 'list' || value.items.length === 0) return []
  if (extendedAt(context, extensionVariable, ['policy', 'data', 'emails'])) return []
  const remedy = `Add the allowed addresses to \`policy.data.emails.allowed_addresses\` of \`${extensionVariable}\`, or keep \`${masRegistrationVariable}\` off.`
  return [{ message: `\`${allowed}\` is set, but MAS accepts any email address`, remedy, place: value.place }]
}
