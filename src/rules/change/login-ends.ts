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
  stages: ['prepared', 'live'],
  needs: 'base',
  why: 'Before this change, Synapse logs users in by a way that MAS does not have, or with passwords that syn2mas does not migrate. Accounts without another way to log in are locked out.',
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
      { base: `${prepared}${casVariable}: true`, vars: `${prepared}${casVariable}: false` },
      { base: `${prepared}${casVariable}: true`, vars: prepared },
      {
        base: prepared + inSynapse('modules:', '  - module: ldap_auth_provider.LdapAuthProviderModule'),
        vars: live,
      },
    ],
    right: [
      { base: prepared, vars: live },
      { base: `${prepared}${casVariable}: "{{ x }}"`, vars: live },
      { base: `${prepared}${casVariable}: true`, vars: `${prepared}${casVariable}: true` },
      { base: `${live}${casVariable}: true`, vars: `${live}${casVariable}: false` },
      { base: `${off}${casVariable}: true`, vars: live },
      { base: prepared + inSynapse('enable_3pid_changes: true'), vars: live },
    ],
  },
  check: context => endedBy(context).map(violation => ({ ...violation, place: context.stage.place })),
})

/**
 * What the base warns of, and the change no longer does. On a host that stays prepared it is a warning: vars that it shares with a host
 * that migrates can end its logins too.
 */
function endedBy(context: HostContext): readonly Violation[] {
  const { base, stage } = context
  if (!base?.host || base.stage.stage !== 'prepared') return []
  const before = { ...context, host: base.host, stage: base.stage, base: undefined }
  const isMigration = stage.stage === 'live'
  const left = new Set(isMigration ? [] : warningsOf({ ...context, base: undefined }))
  return warningsOf(before)
    .filter(message => !left.has(message))
    .map(message => ({
      message: `this change ends a way to log in: ${message}`,
      severity: !isMigration || forServices.test(message) ? 'warning' : 'error',
    }))
}

/** syn2mas refuses to run with what is an error on a prepared host. */
function warningsOf(context: HostContext): readonly string[] {
  return ofPreparedHost
    .flatMap(rule => ('check' in rule ? rule.check(context) : []))
    .filter(({ severity }) => severity !== 'error')
    .map(({ message }) => message)
}
