import { entryOf, type Value } from '../../inventory/value.ts'
import { defineRule } from '../rule.ts'
import { mappedProviders, withMapped } from './synapse-links.ts'

const config = (line: string) => ['user_mapping_provider:', '  config:', `    ${line}`]
const subject = (template: string) => ['claims_imports:', '  subject:', `    template: ${template}`]

/** Synapse's default claim is `sub` (synapse/handlers/oidc.py), MAS's default template `{{ user.sub }}`. */
export const subjectDiffers = defineRule({
  id: 'providers/subject-differs',
  severity: 'error',
  stages: ['prepared'],
  dialects: ['mas-cli'],
  why: 'An account is linked to the subject that Synapse took from the provider. Where MAS takes another claim for it, no migrated link fits: people who log in by the provider get a new account, or are refused.',
  remedy:
    "Set `claims_imports.subject.template` of MAS's provider to the claim that Synapse has, between `{% raw %}` and `{% endraw %}`.",
  examples: {
    wrong: [
      withMapped(config('subject_claim: email'), []),
      withMapped(config('subject_claim: id'), subject('"{% raw %}{{ user.sub }}{% endraw %}"')),
      withMapped([], subject('"{% raw %}{{ user.email }}{% endraw %}"')),
      withMapped(config('subject_template: "{% raw %}{{ user.id }}{% endraw %}"'), []),
    ],
    right: [
      withMapped([], []),
      withMapped(config('subject_claim: sub'), []),
      withMapped(config('subject_claim: id'), subject('"{% raw %}{{ user.id }}{% endraw %}"')),
      withMapped(config('subject_claim: "{{ x }}"'), []),
      withMapped(config('subject_claim: email'), subject('"{{ my_template }}"')),
    ],
  },
  check: ({ host }) =>
    mappedProviders(host).flatMap(({ mas, synapse }) => {
      const [then, now] = [subjectOfSynapse(synapse.value), subjectOfMas(mas.part('claims_imports'))]
      if (then === undefined || now === undefined || squeezed(then) === squeezed(now.text)) return []
      const place = now.place ?? mas.part('synapse_idp_id')?.place ?? mas.value.place
      return [{ message: `${mas.name} takes another subject than Synapse's provider does`, place }]
    }),
})

const squeezed = (template: string) => template.replaceAll(/\s/g, '')

/** As a template of MAS; `undefined` where it cannot be told. */
function subjectOfSynapse(provider: Value): string | undefined {
  const settings = partOf(partOf(provider, 'user_mapping_provider'), 'config')
  const claim = partOf(settings, 'subject_claim')
  const template = partOf(settings, 'subject_template')
  if (claim) return claim.kind === 'string' ? `{{ user.${claim.value} }}` : undefined
  if (template) return template.kind === 'string' ? template.value : undefined
  return '{{ user.sub }}'
}

function subjectOfMas(imports: Value | undefined) {
  const template = partOf(partOf(imports, 'subject'), 'template')
  if (!template)
    return imports === undefined || imports.kind === 'map' ? { text: '{{ user.sub }}' } : undefined
  return template.kind === 'string' ? { text: template.value, place: template.place } : undefined
}

function partOf(value: Value | undefined, key: string): Value | undefined {
  const part = value && entryOf(value, key)?.value
  return part?.kind === 'null' ? undefined : part
}
