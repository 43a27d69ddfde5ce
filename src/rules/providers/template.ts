import type { Definition } from '../../inventory/definition.ts'
import { namesIn } from '../../inventory/jinja.ts'
import { entryOf, type Value, valueAt } from '../../inventory/value.ts'
import type { FileReader } from '../../support/files/files.ts'
import { eachProvider, type Provider, providerList, whole } from '../facts/providers.ts'
import { sourceAt } from '../facts/source.ts'
import { replacePart } from '../kit/fix.ts'
import { defineRule, type Violation } from '../kit/rule.ts'

const claims = (line: string) => providerList(...whole, 'claims_imports:', '  localpart:', `    ${line}`)

/**
 * Variables that MAS defines for templates: the claims (`crates/handlers/src/upstream_oauth2/template.rs`), and the details of a
 * login (`authorize.rs` there).
 */
const ofMas = [
  'user',
  'id_token_claims',
  'userinfo_claims',
  'extra_callback_parameters',
  'params',
  'logged_out',
]

export const providerTemplate = defineRule({
  id: 'providers/template',
  severity: 'error',
  why: 'A template of a provider is for MAS, but Ansible evaluates it first. Ansible does not know the variables of MAS, so the playbook stops or writes an empty string.',
  remedy: 'Wrap the template in `{% raw %}` and `{% endraw %}`.',
  examples: {
    wrong: [
      claims('template: "{{ user.preferred_username }}"'),
      claims('template: \'{{ user.email.split("@")[0] }}\''),
      claims('template: "{{ userinfo_claims.id }}"'),
      claims('template: "{{ (id_token_claims.name) }}"'),
      claims(`template: "{{ (user.email | split('@'))[0] }}"`),
      claims('template: \'{%- set u = extra_callback_parameters["user"] | from_json -%}{{ u.name }}\''),
      claims('template: "{% raw %}{{ user.given_name }}{% endraw %} {{ user.family_name }}"'),
      providerList(
        ...whole,
        'additional_authorization_parameters:',
        '  prompt: "{% if logged_out %}login{% endif %}"',
      ),
      providerList(
        ...whole,
        'additional_authorization_parameters:',
        '  login_hint: "{{ params.login_hint }}"',
      ),
    ],
    right: [
      claims('template: "{% raw %}{{ user.preferred_username }}{% endraw %}"'),
      claims('template: "{{ my_template }}"'),
      claims('template: fixed'),
      claims('template: !unsafe "{{ user.name }}"'),
      claims(`template: "{{ '{{ user.name }}' }}"`),
      claims('template: "{{ my.user }}"'),
      `user: {name: x}\n${claims('template: "{{ user.name }}"')}`,
    ],
  },
  check: ({ host, repository }) => {
    const isOfMas = (name: string) => ofMas.includes(name) && !host.variable(name).definition
    return eachProvider(host).flatMap(provider => violations(provider, isOfMas, repository.files))
  },
})

function violations(
  { name, definition, value }: Provider,
  isOfMas: (name: string) => boolean,
  files: FileReader,
): Violation[] {
  return templatesOf(value).flatMap(([path, template]) => {
    if (template.kind !== 'unknown' || ![...namesIn(template.source ?? '')].some(isOfMas)) return []
    const source = sourceAt(files, template.place) ?? ''
    const message = `Ansible evaluates the template \`${path}\` of ${name} before MAS reads it`
    return [{ message, place: template.place, suggestion: asRaw(definition, template, source) }]
  })
}

function templatesOf(provider: Value): readonly (readonly [string, Value])[] {
  const claimsImports = valueAt(provider, 'claims_imports')
  const ofClaims = entriesOf(claimsImports).flatMap(({ key, value }) => {
    const template = entryOf(value, 'template')
    return template ? [[`${key}.template`, template.value] as const] : []
  })
  const parameters = valueAt(provider, 'additional_authorization_parameters')
  return [...ofClaims, ...entriesOf(parameters).map(({ key, value }) => [key, value] as const)]
}

function entriesOf(value: Value | undefined) {
  return value?.kind === 'map' ? value.entries : []
}

/** Wraps a quoted string on one line in `{% raw %}`. */
function asRaw(definition: Definition, template: Value, source: string) {
  const [, quote, text] = /^(["'])(.*)\1$/.exec(source) ?? []
  if (quote === undefined || text === undefined || /\{%-?\s*raw\b/.test(text)) return undefined
  return replacePart(definition, template, `${quote}{% raw %}${text}{% endraw %}${quote}`)
}
