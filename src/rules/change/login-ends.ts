import { inSynapse } from '../facts/extensions.ts'
import { defineRule, type HostContext, live, off, prepared, type Violation } from '../kit/rule.ts'
import { synapseExtensionRefused } from '../synapse/extension-refused.ts'
import { passwordProviderVariables, passwordProviderWhilePrepared } from '../synapse/password-providers.ts'
import { localPasswordsOff, localPasswordsVariable } from '../synapse/passwords.ts'
import { casVariable, casWhilePrepared } from '../synapse/switches.ts'

const ofPreparedHost = [
  passwordProviderWhilePrepared,
  localPasswordsOff,
  casWhilePrepared,
  synapseExtensionRefused,
]

/** Bridges and bots log in with it, not people. */
const forServices = /shared_secret/

export const loginEnds = defineRule({
  id: 'change/login-ends',
  severity: 'error',
  stages: ['live'],
  needs: 'base',
  why: 'Before this change, Synapse logs users in by a way that MAS does not have, or with passwords that syn2mas does not migrate. Accounts without another way to log in are locked out by the migration.',
  remedy:
    'Give these accounts a password in the database of Synapse or an upstream provider of MAS, and their bridges appservice login. Then accept this finding in `accepted-findings.yml` in the same change.',
  examples: {
    wrong: [
      ...[...passwordProviderVariables, casVariable].flatMap(name => [
        { base: `${prepared}${name}: true`, vars: `${live}${name}: false` },
        { base: `${prepared}${name}: true`, vars: live },
      ]),
      { base: `${prepared}${localPasswordsVariable}: false`, vars: live },
      { base: prepared + inSynapse('saml2_config:', '  enabled: true'), vars: live },
      {
        base: prepared + inSynapse('modules:', '  - module: ldap_auth_provider.LdapAuthProviderModule'),
        vars: live,
      },
    ],
    right: [
      { base: prepared, vars: live },
      { base: `${prepared}${casVariable}: "{{ x }}"`, vars: live },
      { base: `${prepared}${casVariable}: true`, vars: `${prepared}${casVariable}: false` },
      { base: `${live}${casVariable}: true`, vars: `${live}${casVariable}: false` },
      { base: `${off}${casVariable}: true`, vars: live },
      { base: prepared + inSynapse('enable_3pid_changes: true'), vars: live },
    ],
  },
  check: context => endedBy(context).map(violation => ({ ...violation, place: context.stage.place })),
})

/** The warnings about the prepared host. syn2mas refuses to run with what is an error there. */
function endedBy(context: HostContext): readonly Violation[] {
  const { base } = context
  if (!base?.host || base.stage.stage !== 'prepared') return []
  const before = { ...context, host: base.host, stage: base.stage, base: undefined }
  return ofPreparedHost
    .flatMap(rule => ('check' in rule ? rule.check(before) : []))
    .filter(({ severity }) => severity !== 'error')
    .map(({ message }) => ({
      message: `this change ends a way to log in: ${message}`,
      severity: forServices.test(message) ? 'warning' : 'error',
    }))
}
