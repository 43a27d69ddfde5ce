import { defineRule } from '../rule.ts'
import { client, eachProvider, issuer, otherId, providerLists, whole } from './providers.ts'

const second = [otherId, issuer, ...client]
const mapped = 'synapse_idp_id: oidc-sso'

export const synapseIdTwice = defineRule({
  id: 'providers/synapse-id-twice',
  severity: 'error',
  stages: ['prepared', 'live'],
  dialects: ['mas-cli'],
  why: 'For a provider of Synapse syn2mas takes one of MAS: accounts that log in by it would be linked to one of the two, and nobody knows to which.',
  remedy: 'Leave `synapse_idp_id` to the provider that takes the accounts over.',
  examples: {
    wrong: [providerLists([...whole, mapped], [...second, mapped])],
    right: [
      providerLists([...whole, mapped], [...second, 'synapse_idp_id: oidc-other']),
      providerLists([...whole, mapped], second),
      providerLists([...whole, 'synapse_idp_id: "{{ a }}"'], [...second, 'synapse_idp_id: "{{ b }}"']),
    ],
  },
  check: ({ host }) => {
    const seen = new Set<string>()
    return eachProvider(host).flatMap(({ name, part, text }) => {
      const [place, idp] = [part('synapse_idp_id')?.place, text('synapse_idp_id')]
      if (!place || idp === undefined) return []
      if (seen.has(idp))
        return [{ message: `${name} has the \`synapse_idp_id\` of another before it`, place }]
      seen.add(idp)
      return []
    })
  },
})
