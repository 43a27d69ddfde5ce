import { live } from '../facts/stages.ts'
import { isUnset, plainText, switchAt } from '../facts/values.ts'
import { defineRule } from '../kit/rule.ts'

const transport = 'matrix_authentication_service_config_email_transport'
const account = (name: string) => `matrix_authentication_service_config_account_${name}`
const recovery = account('password_recovery_enabled')
const registration = account('password_registration_enabled')
const emailRequired = account('password_registration_email_required')
const blackhole = `${live}${transport}: blackhole\n`

export const emailBlackhole = defineRule({
  id: 'mas/email-blackhole',
  severity: 'warning',
  why: 'MAS offers a feature that needs email, but sends no email. Users wait for a message that never arrives.',
  remedy: `Set \`${transport}: smtp\` with a working mail server, or turn off the feature that needs email.`,
  examples: {
    wrong: [
      `${blackhole}${recovery}: true`,
      `${blackhole}${registration}: true`,
      `${live}exim_relay_enabled: false\n${recovery}: true`,
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
      ? switchAt(host, 'exim_relay_enabled').state !== 'off'
      : plainText(host, transport)?.text !== 'blackhole'
    if (sends) return []
    const needing = [recovery, ...(isOn(emailRequired, true) ? [registration] : [])].filter(name =>
      isOn(name, false),
    )
    return needing.map(name => {
      const { place } = switchAt(host, name)
      return { message: `\`${name}\` needs email, but MAS sends no email`, place }
    })

    function isOn(name: string, byDefault: boolean): boolean {
      const { state } = switchAt(host, name)
      return state === 'on' || (state === 'absent' && byDefault)
    }
  },
})
