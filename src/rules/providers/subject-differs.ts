import { namesIn } from '../../inventory/jinja.ts'
import { type Value, valueAt } from '../../inventory/value.ts'
import { publicClient } from '../facts/providers.ts'
import { mappedProviders, withBoth, withMapped } from '../facts/synapse-links.ts'
import { defineRule } from '../kit/rule.ts'

const mas = [...publicClient, 'synapse_idp_id: oidc-keycloak']
const subject = (template: string) => [...mas, 'claims_imports:', '  subject:', `    template: ${template}`]
const synapse = (...lines: readonly string[]) => [
  'user_mapping_provider:',
  '  config:',
  ...lines.map(line => `    ${line}`),
]
const raw = (text: string) => `"{% raw %}${text}{% endraw %}"`

export const providerSubjectDiffers = defineRule({
  id: 'providers/subject-differs',
  severity: 'error',
  why: 'Account links store the subject that Synapse derived from the claims. If MAS derives another subject, it finds no link. Users of this provider are then unknown, and may get new accounts.',
  remedy:
    "Set `claims_imports.subject.template` to Synapse's `subject_template`, or to its `subject_claim` as `{% raw %}{{ user.CLAIM }}{% endraw %}`. Without either, both use `sub`.",
  examples: {
    wrong: [
      withMapped(synapse('subject_claim: id'), mas),
      withMapped(synapse(`subject_template: ${raw('{{ user.oid }}')}`), subject(raw('{{ user.sub }}'))),
      withMapped(
        synapse(`subject_template: ${raw('{{ user.tid }}-{{ user.oid }}')}`),
        subject(raw('{{ user.oid }}')),
      ),
      withBoth(...subject(raw('{{ user.email }}'))),
      withBoth(...subject(raw('{{ user.iss }}-{{ user.sub }}'))),
    ],
    right: [
      withBoth(...mas),
      withBoth(...subject(raw('{{ user.sub }}'))),
      withMapped(synapse('subject_claim: id'), subject(raw('{{ userinfo_claims.id }}'))),
      withMapped(synapse('subject_claim: id'), subject(raw("{{ user['id'] | string }}"))),
      withMapped(synapse('subject_claim: id'), subject('"{{ my_template }}"')),
      withMapped(synapse('subject_claim: "{{ x }}"'), mas),
      withMapped(['user_mapping_provider: {module: my.Module, config: {subject_claim: id}}'], mas),
      withMapped(synapse('subject_claim: id'), publicClient),
      withMapped(synapse('subject_claim: id'), subject(raw('{% set u = user %}{{ u.id }}'))),
    ],
  },
  check: context =>
    mappedProviders(context).flatMap(
      ({ synapse: { value, authProvider }, mas: { name, part, value: whole } }) => {
        const template = valueAt(part('claims_imports'), 'subject', 'template')
        const [before, after] = [subjectOfSynapse(value), subjectOfMas(part('claims_imports'))].map(claimsOf)
        if (!before || !after || (before.size === after.size && [...before].every(claim => after.has(claim))))
          return []
        const message = `${name} derives the subject from other claims than \`${authProvider}\` of Synapse`
        const place = (template ?? part('synapse_idp_id') ?? whole).place
        return [{ message, place }]
      },
    ),
})

const byDefault = '{{ user.sub }}'

/** Follows `parse_config` of `JinjaOidcMappingProvider` in Synapse (`synapse/handlers/oidc.py`): an empty template counts as absent. */
function subjectOfSynapse(provider: Value): string | undefined {
  const mapping = valueAt(provider, 'user_mapping_provider')
  if (isEmpty(mapping)) return byDefault
  if (mapping?.kind !== 'map' || !isEmpty(valueAt(mapping, 'module'))) return undefined
  const config = valueAt(mapping, 'config')
  if (isEmpty(config)) return byDefault
  if (config?.kind !== 'map') return undefined
  const template = valueAt(config, 'subject_template')
  if (!isEmpty(template)) return template?.kind === 'string' ? template.value : undefined
  const claim = valueAt(config, 'subject_claim')
  if (isEmpty(claim)) return byDefault
  return claim?.kind === 'string' ? `{{ user.${claim.value} }}` : undefined
}

/** Follows `SubjectImportPreference` in `crates/config/src/sections/upstream_oauth2.rs`. */
function subjectOfMas(claimsImports: Value | undefined): string | undefined {
  let part = claimsImports
  for (const key of ['subject', 'template']) {
    if (isEmpty(part)) return byDefault
    if (part?.kind !== 'map') return undefined
    part = valueAt(part, key)
  }
  if (isEmpty(part)) return byDefault
  return part?.kind === 'string' ? part.value : undefined
}

function isEmpty(value: Value | undefined): boolean {
  return !value || value.kind === 'null' || (value.kind === 'string' && value.value === '')
}

const roots = new Set(['user', 'userinfo_claims', 'id_token_claims'])

/** The claims that a template uses; `undefined` if it does more than output claims. */
function claimsOf(template: string | undefined): ReadonlySet<string> | undefined {
  if (template === undefined || template.includes('{%')) return undefined
  if (![...namesIn(template)].every(name => roots.has(name))) return undefined
  const named = [
    ...template.matchAll(/\b(?:user|userinfo_claims|id_token_claims)\b(?:\.(\w+)|\[['"](\w+)['"]\])?/g),
  ]
  const claims = named.map(([, dotted, quoted]) => dotted ?? quoted)
  return claims.includes(undefined) ? undefined : new Set(claims.filter(claim => claim !== undefined))
}
