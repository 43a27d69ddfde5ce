import {
  extendedAt,
  extension,
  extensionVariable,
  homeserver,
  settingAt,
  synapseExtension,
} from '../facts/extensions.ts'
import { live, prepared } from '../facts/stages.ts'
import { isUnset } from '../facts/values.ts'
import { masCaptchaVariable, captchaVariable as name } from '../facts/variables.ts'
import { defineRule } from '../kit/rule.ts'

const variable = (key: string) => `matrix_authentication_service_config_captcha_${key}`

export const captchaNotPorted = defineRule({
  id: 'synapse/captcha-not-ported',
  severity: 'warning',
  stages: ['prepared'],
  dialects: ['mas-cli'],
  why: 'Synapse protects registration with a captcha, and MAS has none yet. syn2mas only warns and continues.',
  remedy: `Set \`${masCaptchaVariable}: recaptcha_v2\` with \`${variable('site_key')}\` and \`${variable('secret_key')}\`. You can reuse the two keys of Synapse.`,
  examples: {
    wrong: [
      `${prepared}${name}: true`,
      prepared + extension(synapseExtension, 'enable_registration_captcha: true'),
    ],
    right: [
      prepared,
      `${prepared}${name}: true\n${masCaptchaVariable}: recaptcha_v2`,
      `${prepared}${name}: true\n${masCaptchaVariable}: "{{ x }}"`,
      `${prepared}${name}: false`,
      `${prepared}${name}: true\n${extension(extensionVariable, 'captcha:', '  service: hcaptcha')}`,
      `${live}${name}: true`,
      { vars: `${prepared}${name}: true`, checkout: { dialect: 'syn2mas-tool' } },
    ],
  },
  check: context => {
    const { state, place, subject } = settingAt(context, homeserver.captcha)
    const isPorted =
      !isUnset(context.host, masCaptchaVariable) ||
      extendedAt(context, extensionVariable, ['captcha', 'service'])
    if (state !== 'on' || isPorted) return []
    return [{ message: `${subject} is on, but MAS has no captcha`, place }]
  },
})
