import type { Place } from '../../domain/finding.ts'
import { isOfPlaybook } from '../../inventory/definition.ts'
import type { Host } from '../../inventory/inventory.ts'
import { isOpaque, type Value } from '../../inventory/value.ts'
import { isUnset, plainText, switchAt, whereOn, whereWrong } from '../facts/values.ts'
import { defineRule, live, type Violation, withEach } from '../kit/rule.ts'

const variable = (name: string) => `matrix_authentication_service_config_email_${name}`
const transport = variable('transport')
const smtp = `${live}${transport}: smtp\n`
const relay = 'exim_relay_enabled'

/** `EmailTransportKind` of `crates/config/src/sections/email.rs`: there is no `aws_ses`, and no sendmail in the image of MAS. */
const transports = ['blackhole', 'smtp']
const modes = ['plain', 'tls', 'starttls']

export const emailTransport = defineRule({
  id: 'mas/email-transport',
  severity: 'error',
  why: 'MAS does not start with a transport that it does not know. The playbook still accepts `aws_ses`, which MAS has removed.',
  remedy: `Use \`smtp\` with \`${variable('hostname')}\`, a numeric port, and one of the modes ${modes.join(', ')}; or use \`blackhole\`, which sends no email. Amazon SES also works with \`smtp\`.`,
  examples: {
    wrong: [
      ...withEach(live, transport, 'aws_ses', 'sendmail', 'SMTP'),
      `${smtp}${variable('mode')}: ssl`,
      `${smtp}${variable('username')}: mas`,
      `${smtp}${variable('password')}: invented`,
      `${smtp}${relay}: false`,
      `${smtp}${variable('hostname')}: ''`,
      `${smtp}${relay}: false\n${variable('hostname')}: ''`,
      ...withEach(smtp, variable('port'), 'abc', '0', '70000'),
    ],
    right: [
      live,
      smtp,
      ...withEach(live, transport, 'blackhole', '"{{ x }}"'),
      ...withEach(smtp, variable('port'), '587', '"465"', '"{{ x }}"'),
      `${live}${transport}: blackhole\n${variable('port')}: abc`,
      `${smtp}${relay}: false\n${variable('hostname')}: mail.example.test`,
      `${smtp}${variable('username')}: mas\n${variable('password')}: "{{ p }}"`,
      `${live}${transport}: blackhole\n${variable('username')}: mas`,
    ],
  },
  check: ({ host }): readonly Violation[] => {
    const { value } = host.variable(transport)
    const chosen = plainText(host, transport)?.text
    if (value && !isOpaque(value) && !transports.includes(chosen ?? '')) {
      return [{ message: `\`${transport}\` is not an email transport that MAS supports`, place: value.place }]
    }
    if (chosen !== 'smtp' || !value) return []
    const [user, password] = [variable('username'), variable('password')]
    const message = `only one of \`${user}\` and \`${password}\` is set`
    const isHalf = isUnset(host, user) !== isUnset(host, password)
    return [
      ...whereWrong(host, variable('mode'), modeProblem),
      ...(isHalf ? [{ message, place: value.place }] : []),
      ...wrongHost(host, value.place),
      ...wrongPort(host),
    ]
  },
})

function modeProblem(value: Value): string | undefined {
  const isWrong = value.kind === 'string' && !modes.includes(value.value)
  return isWrong ? 'is not a mode that MAS supports' : undefined
}

/** The playbook uses its own relay if it is enabled, and refuses an empty host name (`validate_config.yml` of its role). */
function wrongHost(host: Host, place: Place): readonly Violation[] {
  const name = variable('hostname')
  if (isUnset(host, name)) {
    if (switchAt(host, relay).state !== 'off') return []
    return [{ message: `\`${name}\` is not set, and the playbook's own mail relay is off`, place }]
  }
  return whereWrong(host, name, value => {
    const isEmpty = value.kind === 'null' || (value.kind === 'string' && value.value.trim() === '')
    return isEmpty ? 'is empty' : undefined
  })
}

/** The playbook converts the port to a number; any other text becomes 0. */
function wrongPort(host: Host): readonly Violation[] {
  const { value, definition } = host.variable(variable('port'))
  if (!value || isOpaque(value) || isOfPlaybook(definition)) return []
  const text = value.kind === 'integer' || value.kind === 'string' ? String(value.value).trim() : ''
  if (/^[0-9]{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65535) return []
  return [{ message: `\`${variable('port')}\` is not a valid port number`, place: value.place }]
}

const account = (name: string) => `matrix_authentication_service_config_account_${name}`
const recovery = account('password_recovery_enabled')
const registration = account('password_registration_enabled')
const emailRequired = account('password_registration_email_required')
const blackhole = `${live}${transport}: blackhole\n`

export const emailBlackhole = defineRule({
  id: 'mas/email-blackhole',
  severity: 'warning',
  why: `MAS offers a feature that needs email, but sends no email. Users wait for a message that never arrives. Without the playbook's mail relay (\`${relay}: false\`) the default transport is \`blackhole\`.`,
  remedy: `Set \`${transport}: smtp\` with a working mail server, or turn off the feature that needs email. For registration, \`${emailRequired}: false\` is enough.`,
  examples: {
    wrong: [
      `${blackhole}${recovery}: true`,
      `${blackhole}${registration}: true`,
      `${live}${relay}: false\n${recovery}: true`,
    ],
    right: [
      blackhole,
      `${blackhole}${registration}: true\n${emailRequired}: false`,
      `${live}${recovery}: true`,
      `${live}${transport}: smtp\n${recovery}: true`,
      `${blackhole}${recovery}: "{{ x }}"`,
    ],
  },
  check: ({ host }) => {
    const sends = isUnset(host, transport)
      ? switchAt(host, relay).state !== 'off'
      : plainText(host, transport)?.text !== 'blackhole'
    if (sends) return []
    const required = switchAt(host, emailRequired).state
    const names = required === 'on' || required === 'absent' ? [recovery, registration] : [recovery]
    return whereOn({ host }, names, 'needs email, but MAS sends no email')
  },
})
