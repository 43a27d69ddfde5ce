import {
  oidcEnabledVariable,
  oidcProvidersVariable,
  synapsePasswordsVariable,
} from '../../domain/variables.ts'
import { inSynapse } from '../facts/extensions.ts'
import { type SwitchFix, turnOff, whereOn, whereOnAnywhere } from '../facts/values.ts'
import {
  captchaVariable,
  exampleProvider,
  masCaptchaVariable,
  masRegistrationVariable,
  masTokenVariable,
  registrationVariable,
} from '../facts/variables.ts'
import { removeVariable } from '../kit/fix.ts'
import {
  defineRule,
  type HostRule,
  live,
  off,
  prepared,
  type Rule,
  type RuleDefinition,
  withEach,
} from '../kit/rule.ts'

export const casVariable = 'matrix_synapse_cas_config_enabled'

/** A switch of Synapse that the playbook or Synapse itself refuses with delegation to MAS. */
interface OffWhileLive extends Pick<Rule, 'id' | 'remedy' | 'why'> {
  readonly switch: string
  /** Sets the switch to false, or removes its line. None where that could lock users out. */
  readonly fix?: SwitchFix
  /** More lines for the examples. */
  readonly with?: string
}

const switches: readonly OffWhileLive[] = [
  {
    id: 'synapse/oidc-while-live',
    switch: oidcEnabledVariable,
    why: 'Synapse does not start with both OpenID Connect and delegation to MAS. A playbook of the dialect `mas-cli` refuses this; one of `syn2mas-tool` does not.',
    remedy: `Remove \`${oidcEnabledVariable}\` and \`${oidcProvidersVariable}\` in the change that migrates. From then on MAS has the providers.`,
    fix: removeVariable,
    with: exampleProvider,
  },
  {
    id: 'synapse/cas-while-live',
    switch: casVariable,
    why: 'With delegation to MAS, Synapse authenticates no users itself. A playbook of the dialect `mas-cli` refuses CAS, and Synapse does not start with it.',
    remedy:
      'Give its accounts another way to log in: a bridge such as Dex connects CAS to OpenID Connect. Then turn it off in the change that migrates.',
  },
  {
    id: 'synapse/registration-while-live',
    switch: registrationVariable,
    why: 'Once Synapse delegates to MAS, MAS creates the accounts. A playbook of the dialect `mas-cli` refuses registration in Synapse, and Synapse does not start with it.',
    remedy: `Turn it off in the change that migrates. For registration in MAS, set \`${masRegistrationVariable}: true\` in an earlier change. To require a token, set \`${masTokenVariable}: true\` with it: without it, anyone can register.`,
    fix: turnOff,
  },
  {
    id: 'synapse/captcha-while-live',
    switch: captchaVariable,
    why: 'Once Synapse delegates to MAS, MAS creates the accounts. A playbook of the dialect `mas-cli` refuses a captcha in Synapse, and Synapse does not start with it.',
    remedy: `Turn it off in the change that migrates. For a captcha in MAS, set \`${masCaptchaVariable}\` in an earlier change.`,
    fix: turnOff,
  },
  {
    id: 'synapse/password-config-while-live',
    switch: synapsePasswordsVariable,
    why: `With delegation to MAS, Synapse checks no passwords itself. The playbook refuses \`${synapsePasswordsVariable}: true\`, and Synapse does not start with it.`,
    remedy:
      'Remove the line. The playbook turns off only the password login of Synapse; MAS then checks the passwords.',
    fix: removeVariable,
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
          ...withEach(live, name, 'false', '"{{ x }}"'),
          `${prepared}${name}: true\n${more}`,
          `${off}${name}: true`,
        ],
      },
      check: context => whereOnAnywhere(context, name, 'is on while MAS is live', fix),
    }),
)

function switchRule(
  name: string,
  what: string,
  { fix, ...rule }: Omit<RuleDefinition<HostRule>, 'check'> & { readonly fix?: SwitchFix },
): Rule {
  return defineRule({ ...rule, check: context => whereOn(context, [name], what, fix) })
}

export const casWhilePrepared = switchRule(casVariable, 'is on, but MAS does not support CAS', {
  id: 'synapse/cas-while-prepared',
  severity: 'warning',
  stages: ['prepared'],
  why: 'MAS does not support CAS. syn2mas only warns and continues: accounts that use only CAS cannot log in after the migration.',
  remedy:
    'CAS can stay on until the migration. Before that, give these accounts another way to log in, such as Dex, which connects CAS to OpenID Connect.',
  examples: {
    wrong: [`${prepared}${casVariable}: true`],
    right: [
      prepared,
      `${prepared}${casVariable}: false`,
      `${live}${casVariable}: true`,
      `${off}${casVariable}: true`,
    ],
  },
})

const guests = 'matrix_synapse_allow_guest_access'

export const guestAccess = defineRule({
  id: 'synapse/guest-access',
  severity: 'error',
  why: 'MAS does not support guests. syn2mas refuses to run while Synapse allows guests, and in the dialect `syn2mas-tool` stops at the first guest account. Once MAS is live, the setting has no effect.',
  remedy: 'Set it to `false` before the rehearsal. Existing guests lose their sessions.',
  examples: {
    wrong: [
      `${prepared}${guests}: true`,
      `${live}${guests}: true`,
      prepared + inSynapse('allow_guest_access: true'),
    ],
    right: [
      prepared,
      ...withEach(prepared, guests, 'false', '"{{ x }}"'),
      `${off}${guests}: true`,
      `${prepared}${guests}: true\n${inSynapse('allow_guest_access: false')}`,
    ],
  },
  check: context =>
    context.stage.stage === 'prepared'
      ? whereOn(context, [guests], 'is on, but MAS does not support guests', turnOff)
      : whereOn(context, [guests], 'has no effect while MAS is live', turnOff).map(violation => ({
          ...violation,
          severity: 'notice' as const,
        })),
})

const qrLogin = 'matrix_synapse_experimental_features_msc4108_enabled'

export const qrLoginWhilePrepared = switchRule(qrLogin, 'is on while MAS is prepared', {
  id: 'synapse/qr-login-while-prepared',
  severity: 'error',
  stages: ['prepared'],
  why: 'QR code login needs MAS. The playbook refuses it while Synapse does not delegate to MAS.',
  remedy: 'Remove the line. The playbook turns QR code login on automatically once MAS is live.',
  fix: removeVariable,
  examples: {
    wrong: [`${prepared}${qrLogin}: true`],
    right: [prepared, `${prepared}${qrLogin}: false`, `${live}${qrLogin}: true`],
  },
})
