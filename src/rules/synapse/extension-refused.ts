import type { Severity } from '../../domain/finding.ts'
import type { DesiredStage } from '../../domain/stage.ts'
import { synapseExtension as name } from '../../domain/variables.ts'
import { isOpaque, truthOf, type Value } from '../../inventory/value.ts'
import { extendedAt, inSynapse } from '../facts/extensions.ts'
import { defineRule, live, off, prepared } from '../kit/rule.ts'

interface Refused {
  readonly path: readonly string[]
  /** What the setting stops while MAS is prepared. Absent if it matters only once Synapse delegates. */
  readonly prepared?: { readonly severity: Severity; readonly why: string }
}

const bySyn2mas = { severity: 'error', why: 'syn2mas refuses to run with it' } as const
const unsupported = { severity: 'warning', why: 'MAS does not support this way to log in' } as const

/**
 * Settings without a variable with which Synapse does not start once it delegates to MAS (`synapse/config/mas.py`). syn2mas
 * refuses some of them (`crates/syn2mas/src/synapse_reader/checks.rs`). A path ends in the key that must not be on.
 */
export const refused: readonly Refused[] = [
  { path: ['enable_3pid_changes'], prepared: bySyn2mas },
  { path: ['login_via_existing_session', 'enabled'], prepared: bySyn2mas },
  { path: ['session_lifetime'] },
  { path: ['refresh_token_lifetime'] },
  { path: ['nonrefreshable_access_token_lifetime'] },
  { path: ['jwt_config', 'enabled'], prepared: unsupported },
  { path: ['saml2_config', 'enabled'], prepared: unsupported },
  { path: ['saml2_config', 'sp_config'], prepared: unsupported },
  { path: ['oidc_config', 'enabled'] },
  { path: ['oidc_providers'] },
  { path: ['user_consent'] },
]

export const synapseExtensionRefused = defineRule({
  id: 'synapse/extension-refused',
  severity: 'error',
  why: `The playbook does not check \`${name}\`. With a setting there, Synapse does not start once it delegates to MAS. Until then, syn2mas refuses to run with it, or it is a way to log in that MAS does not have.`,
  remedy: `Remove it from \`${name}\`, or turn it off. See the guide of MAS for a replacement.`,
  examples: {
    wrong: [
      prepared + inSynapse('enable_3pid_changes: true'),
      prepared + inSynapse('login_via_existing_session:', '  enabled: true'),
      prepared + inSynapse('saml2_config:', '  sp_config:', '    metadata: {}'),
      live + inSynapse('oidc_providers:', '  - idp_id: a'),
      live + inSynapse('a: 1', 'user_consent:', '  version: 1'),
      live + inSynapse('session_lifetime: 24h'),
      live + inSynapse('refresh_token_lifetime: 600000'),
    ],
    right: [
      prepared + inSynapse('enable_3pid_changes: false'),
      prepared + inSynapse('oidc_providers:', '  - idp_id: a'),
      prepared + inSynapse('session_lifetime: 24h'),
      prepared + inSynapse('login_via_existing_session: {}'),
      prepared + inSynapse('# enable_3pid_changes: true'),
      prepared + inSynapse('enable_3pid_changes: "{{ x }}"'),
      live + inSynapse('oidc_providers: []'),
      live + inSynapse('session_lifetime:'),
      live + inSynapse('refreshable_access_token_lifetime: 5m'),
      off + inSynapse('enable_3pid_changes: true'),
    ],
  },
  check: context =>
    refused.flatMap(({ path, ...rest }) => {
      const consequence = consequenceAt(context.stage.stage, rest.prepared)
      const extended = consequence && extendedAt(context, name, path)
      if (!extended || !isOn(extended.value)) return []
      const { severity, why } = consequence
      const message = `\`${path.join('.')}\` is set in \`${name}\`, but ${why}`
      return [{ message, severity, place: extended.place }]
    }),
})

function consequenceAt(stage: DesiredStage, prepared: Refused['prepared']): Refused['prepared'] {
  if (stage === 'prepared') return prepared
  return { severity: 'error', why: 'Synapse does not start with it once it delegates to MAS' }
}

/** Synapse takes anything but `false`, zero and nothing as a setting. */
function isOn(value: Value): boolean {
  return !isOpaque(value) && truthOf(value) !== false
}
