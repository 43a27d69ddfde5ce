import type { Place } from '../../domain/finding.ts'
import { entryOf, textAt, type Value } from '../../inventory/value.ts'
import { publicClient } from '../facts/providers.ts'
import { type Mapped, mappedProviders, withBoth, withMapped } from '../facts/synapse-links.ts'
import { defineRule, type Violation } from '../kit/rule.ts'

const mas = [...publicClient, 'synapse_idp_id: oidc-keycloak']
const localpart = (text: string) => [...mas, 'claims_imports:', `  localpart: ${text}`]
const group = 'attribute_requirements: [{attribute: groups, value: admin}]'

interface Setting {
  readonly key: string
  /** Whether the value in Synapse differs from what MAS does by default. */
  readonly isSet: (value: Value) => boolean
  /** Whether MAS has a similar setting, or may have one. */
  readonly isKept: (provider: Mapped['mas'], value: Value) => boolean
  readonly consequence: string
}

/** From `synapse/config/oidc.py`, and `crates/config/src/sections/upstream_oauth2.rs` of MAS. */
const settings: readonly Setting[] = [
  {
    key: 'attribute_requirements',
    isSet: value => value.kind === 'list' && value.items.length > 0,
    isKept: ({ part }, value) => {
      const claims = part('claims_imports')
      return attributesIn(value).every(name => name === undefined || (claims && mentions(claims, name)))
    },
    consequence: 'every user of the identity provider can log in',
  },
  {
    key: 'enable_registration',
    isSet: value => value.kind === 'boolean' && !value.value,
    isKept: ({ part }) => {
      const needsToken = part('registration_token_required')
      return needsToken !== undefined && !(needsToken.kind === 'boolean' && !needsToken.value)
    },
    consequence: 'new users get an account',
  },
  {
    key: 'allow_existing_users',
    isSet: value => value.kind === 'boolean' && value.value,
    isKept: ({ part }) => {
      const claims = part('claims_imports')
      const claim = claims?.kind === 'map' ? entryOf(claims, 'localpart')?.value : claims
      const conflict = claim?.kind === 'map' ? entryOf(claim, 'on_conflict')?.value : claim
      return (
        conflict !== undefined &&
        !(conflict.kind === 'string' && conflict.value === 'fail') &&
        conflict.kind !== 'null'
      )
    },
    consequence: 'users with an account cannot log in with this provider for the first time',
  },
]

export const synapseSettingsEnd = defineRule({
  id: 'providers/synapse-settings-end',
  severity: 'warning',
  why: "MAS does not have Synapse's provider settings `attribute_requirements`, `enable_registration` and `allow_existing_users`. Their effect silently ends with the migration.",
  remedy:
    'Replace `enable_registration: false` with `registration_token_required: true`, and `allow_existing_users` with `claims_imports.localpart.on_conflict: add`. For `attribute_requirements`, restrict access at the identity provider. Or use a claim with `action: require` and a template that is empty for unwanted users. If the change is intended, accept this finding in `accepted-findings.yml`.',
  examples: {
    wrong: [
      withMapped([group], mas),
      withMapped(['enable_registration: false'], mas),
      withMapped(['enable_registration: false'], [...mas, 'registration_token_required: false']),
      withMapped(['allow_existing_users: true'], mas),
      withMapped(['allow_existing_users: true'], localpart('{action: require}')),
      withMapped(['allow_existing_users: true'], localpart('{action: require, on_conflict: fail}')),
    ],
    right: [
      withBoth(...mas),
      withMapped(
        ['attribute_requirements: []', 'enable_registration: true', 'allow_existing_users: false'],
        mas,
      ),
      withMapped(
        [group],
        localpart(
          '{template: "{% raw %}{% if \'admin\' in user.groups %}{{ user.a }}{% endif %}{% endraw %}"}',
        ),
      ),
      withMapped(['enable_registration: false'], [...mas, 'registration_token_required: true']),
      withMapped(['enable_registration: false'], [...mas, 'registration_token_required: "{{ x }}"']),
      withMapped(['enable_registration: "{{ x }}"'], mas),
      ...['add', 'set', 'replace'].map(conflict =>
        withMapped(['allow_existing_users: true'], localpart(`{action: require, on_conflict: ${conflict}}`)),
      ),
      withMapped(['allow_existing_users: true'], [...mas, 'claims_imports: "{{ x }}"']),
      withMapped([group, 'enable_registration: false'], publicClient),
    ],
  },
  check: context => mappedProviders(context).flatMap(violations),
})

function violations({ synapse, mas: provider, fromBase }: Mapped): readonly Violation[] {
  return settings.flatMap(({ key, isSet, isKept, consequence }) => {
    const entry = entryOf(synapse.value, key)
    if (!entry || !isSet(entry.value) || isKept(provider, entry.value)) return []
    const place: Place = fromBase ? provider.value.place : entry.keyPlace
    const message = `\`${key}\` of \`${synapse.authProvider}\` has no effect after the migration: ${consequence}`
    return [{ message, place }]
  })
}

/** The names of attributes; `undefined` for an unknown one. */
function attributesIn(value: Value): readonly (string | undefined)[] {
  const items = value.kind === 'list' ? value.items : []
  return items.map(item => textAt(item, 'attribute'))
}

/** Whether a string anywhere in a value contains the name, or is unknown. */
function mentions(value: Value, name: string): boolean {
  switch (value.kind) {
    case 'string':
      return value.value.includes(name)
    case 'map':
      return value.entries.some(entry => mentions(entry.value, name))
    case 'unknown':
    case 'vault':
      return true
    default:
      return false
  }
}
