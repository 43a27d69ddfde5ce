import { live } from '../facts/stages.ts'
import { isUnset, plainText } from '../facts/values.ts'
import { defineRule, type Violation } from '../kit/rule.ts'

const variable = (name: string) => `matrix_authentication_service_config_captcha_${name}`
const service = variable('service')
/** `CaptchaServiceKind` of `crates/config/src/sections/captcha.rs`. */
const services = ['recaptcha_v2', 'cloudflare_turnstile', 'hcaptcha']
const keys = `${variable('site_key')}: site\n${variable('secret_key')}: invented\n`

export const masCaptcha = defineRule({
  id: 'mas/captcha',
  severity: 'error',
  dialects: ['mas-cli'],
  why: 'The playbook refuses a captcha service that MAS does not support, and a service without its two keys.',
  remedy: `Use one of ${services.join(', ')}, with \`${variable('site_key')}\` and \`${variable('secret_key')}\`; or an empty string for no captcha.`,
  examples: {
    wrong: [
      `${live}${service}: recaptcha\n${keys}`,
      `${live}${service}: true\n${keys}`,
      `${live}${service}: hcaptcha`,
      `${live}${service}: hcaptcha\n${keys.replace('invented', "''")}`,
    ],
    right: [
      live,
      `${live}${service}: hcaptcha\n${keys}`,
      `${live}${service}: ''`,
      `${live}${service}: "{{ x }}"`,
      `${live}${service}: hcaptcha\n${keys.replace('invented', '"{{ x }}"')}`,
      { vars: `${live}${service}: hcaptcha`, checkout: { dialect: 'syn2mas-tool' } },
    ],
  },
  check: ({ host }): readonly Violation[] => {
    const { value } = host.variable(service)
    if (!value || value.kind === 'unknown' || value.kind === 'vault') return []
    const chosen = plainText(host, service)?.text
    if (chosen === '') return []
    if (!services.includes(chosen ?? '')) {
      return [{ message: `\`${service}\` is not a captcha service that MAS supports`, place: value.place }]
    }
    return ['site_key', 'secret_key'].map(variable).flatMap(name => {
      const key = plainText(host, name)
      const missing = isUnset(host, name) || key?.text === ''
      return missing ? [{ message: `\`${name}\` is not set`, place: key?.value.place ?? value.place }] : []
    })
  },
})
