import { entryOf, truthOf } from '../../inventory/value.ts'
import { defineRule } from '../rule.ts'
import type { Provider } from './providers.ts'
import { mappedProviders, type SynapseProvider, withMapped } from './synapse-links.ts'

const required = ['attribute_requirements: [{attribute: groups, value: staff}]']

/** MAS has no `attribute_requirements`, and registers whoever comes unless `registration_token_required` says no (v1.19). */
export const restrictionEnds = defineRule({
  id: 'providers/restriction-ends',
  severity: 'warning',
  stages: ['prepared'],
  why: 'Synapse lets only some people of this provider in, and MAS will let in all: it has nothing of the kind by itself.',
  remedy:
    'Restrict it at the provider (a client for these people only); against new accounts, `registration_token_required: true` in its entry of MAS.',
  examples: {
    wrong: [withMapped(required, []), withMapped(['enable_registration: false'], [])],
    right: [
      withMapped([], []),
      withMapped(['enable_registration: true'], []),
      withMapped(['enable_registration: false'], ['registration_token_required: true']),
      withMapped(['enable_registration: "{{ x }}"'], []),
      withMapped(['attribute_requirements: []'], []),
    ],
  },
  check: ({ host }) =>
    mappedProviders(host).flatMap(({ mas, synapse }) =>
      ended(mas, synapse).map(key => ({
        message: `\`${key}\` of Synapse's provider has nothing like it in ${mas.name}`,
        place: entryOf(synapse.value, key)?.keyPlace ?? synapse.place,
      })),
    ),
})

function ended({ part }: Provider, { value }: SynapseProvider): string[] {
  const requirements = entryOf(value, 'attribute_requirements')?.value
  const registers = entryOf(value, 'enable_registration')?.value
  const asksForToken = part('registration_token_required')
  const keys: string[] = []
  if (requirements?.kind === 'list' && requirements.items.length > 0) keys.push('attribute_requirements')
  const isClosed = registers !== undefined && truthOf(registers) === false
  if (isClosed && (asksForToken === undefined || truthOf(asksForToken) === false))
    keys.push('enable_registration')
  return keys
}
