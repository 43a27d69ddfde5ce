import { casVariable } from '../facts/cas.ts'
import { exampleProvider, oidcEnabledVariable, oidcProvidersVariable } from '../facts/oidc.ts'
import {
  captchaVariable,
  masCaptchaVariable,
  masRegistrationVariable,
  registrationVariable,
} from '../facts/registration.ts'
import { live, off, prepared } from '../facts/stages.ts'
import { turnOff, withoutLine } from '../facts/synapse-while.ts'
import { defineRule, type Rule } from '../kit/rule.ts'

/** A switch of Synapse that the playbook or Synapse itself refuses with delegation to MAS. */
interface OffWhileLive {
  readonly id: string
  readonly switch: string
  readonly why: string
  readonly remedy: string
  /** Sets the switch to false, or removes its line. */
  readonly fix: typeof turnOff
  /** More lines for the examples. */
  readonly with?: string
}

const switches: readonly OffWhileLive[] = [
  {
    id: 'synapse/oidc-while-live',
    switch: oidcEnabledVariable,
    why: "Synapse does not start with both OpenID Connect and delegation to MAS. Today's playbook refuses this; the playbook of 2024 does not.",
    remedy: `Remove \`${oidcEnabledVariable}\` and \`${oidcProvidersVariable}\` in the change that migrates. From then on MAS has the providers.`,
    fix: withoutLine,
    with: exampleProvider,
  },
  {
    id: 'synapse/cas-while-live',
    switch: casVariable,
    why: "With delegation to MAS, Synapse authenticates no users itself. Today's playbook refuses CAS, and Synapse does not start with it.",
    remedy:
      'Turn it off in the change that migrates. MAS does not support CAS: a bridge such as Dex connects CAS to OpenID Connect.',
    fix: turnOff,
  },
  {
    id: 'synapse/registration-while-live',
    switch: registrationVariable,
    why: "Once Synapse delegates to MAS, MAS creates the accounts. Today's playbook refuses registration in Synapse, and Synapse does not start with it.",
    remedy: `Turn it off in the change that migrates. For open registration in MAS, set \`${masRegistrationVariable}: true\`.`,
    fix: turnOff,
  },
  {
    id: 'synapse/captcha-while-live',
    switch: captchaVariable,
    why: "Once Synapse delegates to MAS, MAS creates the accounts. Today's playbook refuses a captcha in Synapse, and Synapse does not start with it.",
    remedy: `Turn it off in the change that migrates. For a captcha in MAS, set \`${masCaptchaVariable}\`.`,
    fix: turnOff,
  },
  {
    id: 'synapse/password-config-while-live',
    switch: 'matrix_synapse_password_config_enabled',
    why: 'With delegation to MAS, Synapse checks no passwords itself. The playbook refuses this line, and Synapse does not start with it.',
    remedy: 'Remove the line. The playbook turns passwords off automatically.',
    fix: withoutLine,
  },
]

export const offWhileLiveRules: readonly Rule[] = switches.map(
  ({ switch: name, fix, with: more = '', ...texts }) =>
    defineRule({
      ...texts,
      severity: 'error',
      stages: ['live'],
      examples: {
        wrong: [`${live}${name}: true\n${more}`, `${live}${name}: yes`],
        right: [
          live,
          `${live}${name}: false`,
          `${live}${name}: "{{ x }}"`,
          `${prepared}${name}: true\n${more}`,
          `${off}${name}: true`,
        ],
      },
      check: context => fix(context, name, 'is on while MAS is live'),
    }),
)
