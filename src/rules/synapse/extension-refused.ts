import type { DesiredStage } from '../../domain/stage.ts'
import { synapseExtension as name } from '../../domain/variables.ts'
import { truthOf, type Value } from '../../inventory/value.ts'
import { extendedAt, inSynapse } from '../facts/extensions.ts'
import { isUnset } from '../facts/values.ts'
import { defineRule, live, off, prepared } from '../kit/rule.ts'

const both = ['prepared', 'live'] as const

interface Refused {
  readonly path: readonly string[]
  readonly stages: readonly DesiredStage[]
  readonly why: string
}

/**
 * Settings of `homeserver.yaml` that conflict with MAS: checks of `crates/syn2mas/src/synapse_reader/checks.rs`, and what Synapse
 * refuses with delegation. A path ends in the key that must not be on. A setting that also has a variable is also checked by
 * the rule of that variable.
 */
export const refused: readonly Refused[] = [
  { path: ['enable_3pid_changes'], stages: both, why: 'syn2mas refuses to run with it' },
  { path: ['login_via_existing_session', 'enabled'], stages: both, why: 'syn2mas refuses to run with it' },
  { path: ['allow_guest_access'], stages: both, why: 'MAS does not support guests' },
  { path: ['enable_registration'], stages: ['live'], why: 'MAS creates the accounts' },
  { path: ['enable_registration_captcha'], stages: ['live'], why: 'MAS creates the accounts' },
  { path: ['password_config', 'enabled'], stages: ['live'], why: 'MAS checks the passwords' },
  { path: ['cas_config', 'enabled'], stages: both, why: 'MAS does not support CAS' },
  { path: ['jwt_config', 'enabled'], stages: both, why: 'MAS does not support JWT login' },
  { path: ['saml2_config', 'enabled'], stages: both, why: 'MAS does not support SAML' },
  { path: ['saml2_config', 'sp_config'], stages: both, why: 'MAS does not support SAML' },
  { path: ['oidc_config', 'enabled'], stages: ['live'], why: 'MAS manages the providers' },
  { path: ['oidc_providers'], stages: ['live'], why: 'MAS manages the providers' },
  { path: ['user_consent'], stages: ['live'], why: 'MAS asks for consent' },
]

export const synapseExtensionRefused = defineRule({
  id: 'synapse/extension-refused',
  severity: 'warning',
  why: `The playbook does not check \`${name}\`. A setting there conflicts with MAS: syn2mas refuses to run or warns, accounts lose a way to log in, or Synapse does not start with MAS.`,
  remedy: `Remove it from \`${name}\`, or turn it off. See the guide of MAS for a replacement.`,
  examples: {
    wrong: [
      prepared + inSynapse('enable_3pid_changes: true'),
      prepared + inSynapse('login_via_existing_session:', '  enabled: true'),
      prepared + inSynapse('saml2_config:', '  sp_config:', '    metadata: {}'),
      live + inSynapse('oidc_providers:', '  - idp_id: a'),
      live + inSynapse('a: 1', 'user_consent:', '  version: 1'),
      live + inSynapse('enable_registration: true'),
    ],
    right: [
      prepared + inSynapse('enable_3pid_changes: false'),
      prepared + inSynapse('oidc_providers:', '  - idp_id: a'),
      prepared + inSynapse('login_via_existing_session: {}'),
      prepared + inSynapse('# enable_3pid_changes: true'),
      prepared + inSynapse('enable_3pid_changes: "{{ x }}"'),
      live + inSynapse('oidc_providers: []'),
      off + inSynapse('enable_3pid_changes: true'),
    ],
  },
  check: context => {
    if (isUnset(context.host, name)) return []
    return refused
      .filter(({ stages }) => stages.includes(context.stage.stage))
      .flatMap(({ path, why }) => {
        const extended = extendedAt(context, name, path)
        if (!extended || !isOn(extended.value)) return []
        return [{ message: `\`${path.join('.')}\` is set in \`${name}\`, but ${why}`, place: extended.place }]
      })
  },
})

function isOn(value: Value): boolean {
  if (value.kind === 'list') return value.items.length > 0
  if (value.kind === 'map') return value.entries.length > 0
  return truthOf(value) === true
}
