import type { Definition } from '../../inventory/definition.ts'
import { expressionsIn } from '../../inventory/jinja.ts'
import { entryOf, type Value } from '../../inventory/value.ts'
import type { FileReader } from '../../support/files.ts'
import { replacePart, withFix } from '../fix.ts'
import { defineRule, type Offence } from '../rule.ts'
import { sourceAt } from '../source.ts'
import { eachProvider, type Provider, providerList, whole } from './providers.ts'

const claims = (line: string) => providerList(...whole, 'claims_imports:', '  localpart:', `    ${line}`)

/** What templates of MAS speak of: the claims, and the parameters of a login (crates/handlers/src/upstream_oauth2/template.rs). */
const ofMas =
  /(?<![\w.'"])(?:user|params|extra_callback_parameters|userinfo_claims|id_token_claims|logged_out)(?![\w'"])/

export const providerTemplate = defineRule({
  id: 'providers/template',
  severity: 'error',
  stages: ['prepared', 'live'],
  why: 'The template is for MAS, but Ansible evaluates it first: there is no such variable, and the playbook stops, or an empty text arrives.',
  remedy: 'Put it between `{% raw %}` and `{% endraw %}`.',
  examples: {
    wrong: [
      claims('template: "{{ user.preferred_username }}"'),
      claims('template: \'{{ user.email.split("@")[0] }}\''),
      claims('template: "{{ userinfo_claims.id }}"'),
      claims('template: "{{ (id_token_claims.name) }}"'),
      claims('template: "{{ (user.email | split(\'@\'))[0] }}"'),
      claims('template: "{{ extra_callback_parameters.user }}"'),
      claims('template: "{% if user.name %}{{ user.name }}{% endif %}"'),
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
    ],
  },
  check: ({ host, repository }) =>
    eachProvider(host).flatMap(provider => offences(provider, repository.files)),
})

function offences({ name, definition, value }: Provider, files: FileReader): Offence[] {
  return templatesOf(value).flatMap(([path, template]) => {
    if (template.kind !== 'unknown' || template.reason !== 'jinja') return []
    const source = sourceAt(files, template.place) ?? ''
    if (
      !expressionsIn(source).some(expression => ofMas.test(expression)) ||
      /\{%-?\s*raw\b|\{\{\s*['"]/.test(source)
    )
      return []
    const message = `Ansible evaluates the template \`${path}\` of ${name}`
    return [{ message, place: template.place, ...withFix(asRaw(definition, template, source)) }]
  })
}

function templatesOf(provider: Value): readonly (readonly [string, Value])[] {
  const claimsImports = entryOf(provider, 'claims_imports')?.value
  const ofClaims = entriesOf(claimsImports).flatMap(({ key, value }) => {
    const template = entryOf(value, 'template')
    return template ? [[`${key}.template`, template.value] as const] : []
  })
  const parameters = entryOf(provider, 'additional_authorization_parameters')?.value
  return [...ofClaims, ...entriesOf(parameters).map(({ key, value }) => [key, value] as const)]
}

function entriesOf(value: Value | undefined) {
  return value?.kind === 'map' ? value.entries : []
}

/** A quoted text on one line, the same within `{% raw %}`. */
function asRaw(definition: Definition, template: Value, source: string) {
  const [, quote, text] = /^(["'])(.*)\1$/.exec(source) ?? []
  if (quote === undefined || text === undefined) return undefined
  return replacePart(definition, template, `${quote}{% raw %}${text}{% endraw %}${quote}`)
}
