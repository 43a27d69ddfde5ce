import type { DesiredStage } from '../../domain/stage.ts'
import { entryOf, type MapEntry, truthOf, type Value } from '../../inventory/value.ts'
import { embeddedYaml } from '../embedded-yaml.ts'
import { extension } from '../mas/extension.ts'
import { defineRule } from '../rule.ts'
import { live, off, prepared } from '../stages.ts'
import { plainText } from '../values.ts'

const name = 'matrix_synapse_configuration_extension_yaml'

/**
 * What of `homeserver.yaml` does not go with MAS: checks of `crates/syn2mas/src/synapse_reader/checks.rs`, and what Synapse
 * refuses beside delegation. A path ends in the key that must not be on.
 */
const refused: readonly {
  readonly path: readonly string[]
  readonly stages: readonly DesiredStage[]
  readonly why: string
}[] = [
  { path: ['enable_3pid_changes'], stages: ['prepared', 'live'], why: 'syn2mas refuses to run with it' },
  {
    path: ['login_via_existing_session', 'enabled'],
    stages: ['prepared', 'live'],
    why: 'syn2mas refuses to run with it',
  },
  { path: ['allow_guest_access'], stages: ['prepared', 'live'], why: 'MAS has no guests' },
  { path: ['enable_registration'], stages: ['live'], why: 'MAS makes the accounts' },
  { path: ['password_config', 'enabled'], stages: ['live'], why: 'MAS checks the passwords' },
  { path: ['cas_config', 'enabled'], stages: ['live'], why: 'MAS has no CAS' },
  { path: ['jwt_config', 'enabled'], stages: ['prepared', 'live'], why: 'MAS has no login by JWT' },
  { path: ['saml2_config', 'enabled'], stages: ['prepared', 'live'], why: 'MAS has no SAML' },
  { path: ['saml2_config', 'sp_config'], stages: ['prepared', 'live'], why: 'MAS has no SAML' },
  { path: ['oidc_config', 'enabled'], stages: ['live'], why: 'MAS has the providers' },
  { path: ['oidc_providers'], stages: ['live'], why: 'MAS has the providers' },
  { path: ['user_consent'], stages: ['live'], why: 'MAS asks for consent' },
  { path: ['password_providers'], stages: ['live'], why: 'MAS checks the passwords' },
]

export const synapseExtensionRefused = defineRule({
  id: 'synapse/extension-refused',
  severity: 'warning',
  stages: ['prepared', 'live'],
  why: 'What stands in the extension reaches Synapse past the checks of the playbook. This does not go with MAS: syn2mas refuses or warns of it, or accounts lose a way to log in, or Synapse does not start beside MAS.',
  remedy: `Remove it from \`${name}\`, or turn it off; see the guide of MAS for what takes its place.`,
  examples: {
    wrong: [
      prepared + extension(name, 'enable_3pid_changes: true'),
      prepared + extension(name, 'login_via_existing_session:', '  enabled: true'),
      prepared + extension(name, 'saml2_config:', '  sp_config:', '    metadata: {}'),
      live + extension(name, 'oidc_providers:', '  - idp_id: a'),
      live + extension(name, 'a: 1', 'user_consent:', '  version: 1'),
      live + extension(name, 'enable_registration: true'),
    ],
    right: [
      prepared + extension(name, 'enable_3pid_changes: false'),
      prepared + extension(name, 'oidc_providers:', '  - idp_id: a'),
      prepared + extension(name, 'login_via_existing_session: {}'),
      prepared + extension(name, '# enable_3pid_changes: true'),
      prepared + extension(name, 'enable_3pid_changes: "{{ x }}"'),
      live + extension(name, 'oidc_providers: []'),
      off + extension(name, 'enable_3pid_changes: true'),
    ],
  },
  check: ({ host, stage, repository }) => {
    const text = plainText(host, name)?.text ?? ''
    if (!refused.some(({ path: [key = ''] }) => text.includes(key))) return []
    const found = embeddedYaml(host, name, repository.files)
    if (!found || 'broken' in found || !found.document) return []
    const { document, placeOf } = found
    return refused
      .filter(({ stages }) => stages.includes(stage.stage))
      .flatMap(({ path, why }) => {
        const entry = entryAt(document, path)
        if (!entry || !isOn(entry.value)) return []
        return [{ message: `\`${path.join('.')}\` in \`${name}\`: ${why}`, place: placeOf(entry.keyPlace) }]
      })
  },
})

function entryAt(document: Value, [key = '', ...rest]: readonly string[]): MapEntry | undefined {
  const entry = entryOf(document, key)
  return entry && rest.length > 0 ? entryAt(entry.value, rest) : entry
}

function isOn(value: Value): boolean {
  if (value.kind === 'list') return value.items.length > 0
  if (value.kind === 'map') return value.entries.length > 0
  return truthOf(value) === true
}
