import { synapseExtension } from '../../domain/variables.ts'
import { extendedAt, extensionVariable, inMas, inSynapse } from '../facts/extensions.ts'
import { isUnset, switchAt } from '../facts/values.ts'
import {
  captchaVariable,
  masCaptchaVariable,
  masRegistrationVariable,
  masTokenVariable,
  registrationVariable,
  tokenVariable,
} from '../facts/variables.ts'
import { defineRule, type HostContext, live, prepared, type Violation, withEach } from '../kit/rule.ts'

const variable = (key: string) => `matrix_authentication_service_config_captcha_${key}`

export const captchaNotPorted = defineRule({
  id: 'synapse/captcha-not-ported',
  severity: 'warning',
  stages: ['prepared'],
  dialects: ['mas-cli'],
  why: 'Synapse protects registration with a captcha, and MAS has none yet. syn2mas only warns and continues.',
  remedy: `Set \`${masCaptchaVariable}: recaptcha_v2\` with \`${variable('site_key')}\` and \`${variable('secret_key')}\`. You can reuse the two keys of Synapse.`,
  examples: {
    wrong: [`${prepared}${captchaVariable}: true`, prepared + inSynapse('enable_registration_captcha: true')],
    right: [
      prepared,
      `${prepared}${captchaVariable}: true\n${masCaptchaVariable}: recaptcha_v2`,
      ...withEach(prepared, captchaVariable, `true\n${masCaptchaVariable}: "{{ x }}"`, 'false'),
      `${prepared}${captchaVariable}: true\n${inMas('captcha:', '  service: hcaptcha')}`,
      `${live}${captchaVariable}: true`,
      { vars: `${prepared}${captchaVariable}: true`, checkout: { dialect: 'syn2mas-tool' } },
    ],
  },
  check: context => {
    const { state, place, subject } = switchAt(context.host, captchaVariable)
    if (state !== 'on' || !isUnset(context.host, masCaptchaVariable)) return []
    return [{ message: `${subject} is on, but MAS has no captcha`, place }]
  },
})

const consent = inSynapse('user_consent:', '  version: 1')

export const consentNotPorted = defineRule({
  id: 'synapse/consent-not-ported',
  severity: 'warning',
  stages: ['prepared'],
  dialects: ['mas-cli'],
  why: 'Synapse asks for consent to its terms at registration. After the migration MAS creates the accounts, and shows terms only if their URL is set. syn2mas only warns and continues.',
  remedy: `Set \`branding.tos_uri\` in \`${extensionVariable}\`, and remove \`user_consent\` in the change that migrates.`,
  examples: {
    wrong: [prepared + consent],
    right: [
      prepared,
      prepared + consent + inMas('branding:', '  tos_uri: https://example.test/terms'),
      `${prepared}${consent}${extensionVariable}: "{{ x }}"\n`,
      live + consent,
      { vars: prepared + consent, checkout: { dialect: 'syn2mas-tool' } },
    ],
  },
  check: context => {
    const extended = extendedAt(context, synapseExtension, ['user_consent'])
    if (
      !extended ||
      isEmpty(extended.value.kind) ||
      context.host.variable(extensionVariable).state === 'unknown'
    )
      return []
    if (extendedAt(context, extensionVariable, ['branding', 'tos_uri'])) return []
    const message = `\`user_consent\` is set in \`${synapseExtension}\`, but MAS has no URL of the terms`
    return [{ message, place: extended.place }]
  },
})

function isEmpty(kind: string): boolean {
  return kind === 'null' || kind === 'unknown'
}

export const registrationNotPorted = defineRule({
  id: 'synapse/registration-not-ported',
  severity: 'notice',
  stages: ['prepared'],
  why: 'Users can register now, but not once MAS is live: registration is off in MAS by default.',
  remedy: `Set \`${masRegistrationVariable}\` to \`true\` or \`false\`. With \`true\` anyone can register, unless MAS has the same restrictions as Synapse, such as a registration token.`,
  examples: {
    wrong: [
      ...withEach(prepared, registrationVariable, 'true', `true\n${tokenVariable}: true`),
      prepared + inSynapse('enable_registration: true'),
    ],
    right: [
      prepared,
      ...withEach(prepared, registrationVariable, 'false', `true\n${masRegistrationVariable}: true`),
      `${prepared}${registrationVariable}: true\n${masRegistrationVariable}: false`,
      `${prepared}${registrationVariable}: true\n${inSynapse('enable_registration: false')}`,
      `${live}${registrationVariable}: true`,
    ],
  },
  check: registrationWithoutMas,
})

export function registrationWithoutMas({
  host,
  checkout,
}: Pick<HostContext, 'host' | 'checkout'>): readonly Violation[] {
  const { state, place, subject } = switchAt(host, registrationVariable)
  if (state !== 'on' || switchAt(host, masRegistrationVariable).state !== 'absent') return []
  const message = `${subject} is on, but registration is not set in MAS`
  const token = switchAt(host, tokenVariable).state
  const needsToken = token === 'on' || token === 'unclear'
  return [{ message, place, ...(needsToken && { remedy: tokenRemedy(checkout) }) }]
}

/** The first MAS of the playbook has no registration tokens; later ones have them, with a variable. */
function tokenRemedy(checkout: { readonly dialect: string } | undefined): string {
  return checkout?.dialect === 'syn2mas-tool'
    ? 'Keep registration off in MAS. This version has no registration tokens, so anyone could register.'
    : `Set \`${masTokenVariable}: true\` together with \`${masRegistrationVariable}: true\`: without the token, anyone could register. Tokens of Synapse are not migrated; create new ones in MAS.`
}
