import { passwordsEnabledVariable } from '../../domain/variables.ts'
import { isOpaque } from '../../inventory/value.ts'
import { providersVariable } from '../facts/providers.ts'
import { isUnset, plainText, switchAt, whereWrong } from '../facts/values.ts'
import { defineRule, live, type Violation, withEach } from '../kit/rule.ts'

export const noWayToLogIn = defineRule({
  id: 'mas/no-way-to-log-in',
  severity: 'error',
  why: 'Password login is off, so users need an upstream provider, and there is none. Once MAS is live, no user can log in.',
  remedy: `Set up a provider in \`${providersVariable}\`, or keep password login on.`,
  examples: {
    wrong: withEach(live, passwordsEnabledVariable, 'false', `false\n${providersVariable}: []`),
    right: [
      live,
      ...withEach(
        live,
        passwordsEnabledVariable,
        'true',
        '"{{ x }}"',
        `false\n${providersVariable}: "{{ x }}"`,
      ),
      `${live}${passwordsEnabledVariable}: false\n${providersVariable}:\n  - id: 01HFVBY12TMNTYTBV8W921M5FA`,
    ],
  },
  check: ({ host }) => {
    const { state, place } = switchAt(host, passwordsEnabledVariable)
    const { value } = host.variable(providersVariable)
    const isEmpty = value?.kind === 'list' && value.items.length === 0
    if (state !== 'off' || !(isUnset(host, providersVariable) || isEmpty)) return []
    return [{ message: 'password login is off and MAS has no upstream provider', place }]
  },
})

const complexity = 'matrix_authentication_service_config_passwords_minimum_complexity'

export const passwordComplexity = defineRule({
  id: 'mas/password-complexity',
  severity: 'error',
  why: 'MAS rates passwords from 0 to 4. It does not start with text or a negative number. With more than 4, it rejects every new password.',
  remedy: 'Write a number from 0 to 4; 3 is the default.',
  examples: {
    wrong: withEach(live, complexity, '5', '-1', '"3"', 'high'),
    right: [live, ...withEach(live, complexity, '0', '4', '"{{ x }}"'), `${complexity}: 5`],
  },
  check: ({ host }) =>
    whereWrong(host, complexity, value => {
      const isValid = value.kind === 'integer' && value.value >= 0n && value.value <= 4n
      return isValid ? undefined : 'is not a number from 0 to 4'
    }),
})

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
      ...withEach(live, service, `recaptcha\n${keys}`, `true\n${keys}`, 'hcaptcha'),
      `${live}${service}: hcaptcha\n${keys.replace('invented', "''")}`,
    ],
    right: [
      live,
      ...withEach(live, service, `hcaptcha\n${keys}`, "''", '"{{ x }}"'),
      `${live}${service}: hcaptcha\n${keys.replace('invented', '"{{ x }}"')}`,
      { vars: `${live}${service}: hcaptcha`, checkout: { dialect: 'syn2mas-tool' } },
    ],
  },
  check: ({ host }): readonly Violation[] => {
    const { value } = host.variable(service)
    if (!value || isOpaque(value)) return []
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
