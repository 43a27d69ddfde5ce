import type { Place } from '../../domain/finding.ts'
import { entryOf, type Value } from '../../inventory/value.ts'
import { publicClient } from '../facts/providers.ts'
import { type Mapped, mappedProviders, withBoth, withMapped } from '../facts/synapse-links.ts'
import { defineRule, type Violation } from '../kit/rule.ts'

const mas = [...publicClient, 'synapse_idp_id: oidc-keycloak']
const localpart = (text: string) => [...mas, 'claims_imports:', `  localpart: ${text}`]
const group = 'attribute_requirements: [{attribute: groups, value: admin}]'

interface Setting {
  readonly key: string
  /** Whether Synapse has it set to something that MAS does not do by itself. */
  readonly isSet: (value: Value) => boolean
  /** Whether MAS has something near, or may have. */
  readonly isKept: (provider: Mapped['mas'], value: Value) => boolean
  readonly what: string
}

/** `synapse/config/oidc.py`; of MAS, `crates/config/src/sections/upstream_oauth2.rs`. */
const settings: readonly Setting[] = [
  {
    key: 'attribute_requirements',
    isSet: value => value.kind === 'list' && value.items.length > 0,
    isKept: ({ part }, value) => {
      const claims = part('claims_imports')
      return attributesIn(value).every(name => name === undefined || (claims && mentions(claims, name)))
    },
    what: 'whoever the service lets in may log in',
  },
  {
    key: 'enable_registration',
    isSet: value => value.kind === 'boolean' && !value.value,
    isKept: ({ part }) => {
      const needsToken = part('registration_token_required')
      return needsToken !== undefined && !(needsToken.kind === 'boolean' && !needsToken.value)
    },
    what: 'whoever has no account yet gets one',
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
    what: 'whoever has an account and first comes by this provider is turned away',
  },
]

export const synapseSettingsEnd = defineRule({
  id: 'providers/synapse-settings-end',
  severity: 'warning',
  stages: ['prepared', 'live'],
  why: 'MAS has no setting of that name, and what Synapse did by it silently ends with the migration.',
  remedy:
    'For `enable_registration: false` set `registration_token_required: true`, and for `allow_existing_users` `claims_imports.localpart.on_conflict: add`. For `attribute_requirements` let the service decide who may use this client, or let the template of a claim with `action: require` be empty for the others. Accept the finding where it is meant so.',
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
  return settings.flatMap(({ key, isSet, isKept, what }) => {
    const entry = entryOf(synapse.value, key)
    if (!entry || !isSet(entry.value) || isKept(provider, entry.value)) return []
    const place: Place = fromBase ? provider.value.place : entry.keyPlace
    const message = `\`${key}\` of \`${synapse.authProvider}\` ends with the migration: ${what}`
    return [{ message, place }]
  })
}

/** The names of attributes, `undefined` for one that cannot be told. */
function attributesIn(value: Value): readonly (string | undefined)[] {
  const items = value.kind === 'list' ? value.items : []
  return items.map(item => {
    const name = entryOf(item, 'attribute')?.value
    return name?.kind === 'string' ? name.value : undefined
  })
}

/** Whether a text anywhere in a value has the name in it, or cannot be told. */
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
