import { defineRule, type Offence } from '../rule.ts'
import { live } from '../stages.ts'
import { switchAt } from '../switches.ts'
import { isUnset, plainText } from '../values.ts'

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
  stages: ['prepared', 'live'],
  why: 'MAS does not start with a transport that it cannot read. The playbook lets `aws_ses` pass, which MAS no longer has.',
  remedy: `Use \`smtp\`, with \`${variable('hostname')}\` and a mode of ${modes.join(', ')}; or \`blackhole\`, which sends nothing. Amazon SES takes mail by \`smtp\`, too.`,
  examples: {
    wrong: [
      `${live}${transport}: aws_ses`,
      `${live}${transport}: sendmail`,
      `${live}${transport}: SMTP`,
      `${smtp}${variable('mode')}: ssl`,
      `${smtp}${variable('username')}: mas`,
      `${smtp}${variable('password')}: invented`,
      `${smtp}${relay}: false`,
    ],
    right: [
      live,
      smtp,
      `${live}${transport}: blackhole`,
      `${live}${transport}: "{{ x }}"`,
      `${smtp}${relay}: false\n${variable('hostname')}: mail.example.test`,
      `${smtp}${variable('username')}: mas\n${variable('password')}: "{{ p }}"`,
      `${live}${transport}: blackhole\n${variable('username')}: mas`,
    ],
  },
  check: ({ host }): readonly Offence[] => {
    const { value } = host.variable(transport)
    const chosen = plainText(host, transport)?.text
    if (value && value.kind !== 'unknown' && value.kind !== 'vault' && !transports.includes(chosen ?? '')) {
      return [{ message: `MAS has no such transport as \`${transport}\` names`, place: value.place }]
    }
    if (chosen !== 'smtp' || !value) return []
    const mode = plainText(host, variable('mode'))
    const wrongMode =
      mode && !modes.includes(mode.text)
        ? [{ message: `\`${variable('mode')}\` is none that MAS has`, place: mode.value.place }]
        : []
    const [user, password] = ['username', 'password'].map(name => isUnset(host, variable(name)))
    const half =
      user === password
        ? []
        : [
            {
              message: `only one of \`${variable('username')}\` and \`${variable('password')}\` is set`,
              place: value.place,
            },
          ]
    const noHost = switchAt(host, relay).state === 'off' && isUnset(host, variable('hostname'))
    const hostless = noHost
      ? [{ message: `\`${variable('hostname')}\` is not set, and there is no relay`, place: value.place }]
      : []
    return [...wrongMode, ...half, ...hostless]
  },
})
