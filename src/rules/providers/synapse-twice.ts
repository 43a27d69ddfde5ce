import { eachProvider, otherId, providerLists, publicClient } from '../facts/providers.ts'
import { defineRule } from '../kit/rule.ts'

const other = [otherId, ...publicClient.slice(1)]
const name = 'synapse_idp_id: oidc-keycloak'

export const synapseIdTwice = defineRule({
  id: 'providers/synapse-twice',
  severity: 'error',
  why: 'Only one provider of MAS can take over the accounts of a Synapse provider. If two have the same `synapse_idp_id`, the last one gets them.',
  remedy: 'Keep `synapse_idp_id` only on the provider that should take over these accounts.',
  examples: {
    wrong: [providerLists([...publicClient, name], [...other, name])],
    right: [
      providerLists([...publicClient, name], other),
      providerLists([...publicClient, name], [...other, 'synapse_idp_id: oidc-other']),
      providerLists([...publicClient, 'synapse_idp_id: "{{ x }}"'], [...other, 'synapse_idp_id: "{{ x }}"']),
      providerLists([...publicClient, 'synapse_idp_id:'], [...other, 'synapse_idp_id:']),
    ],
  },
  check: ({ host }) => {
    const seen = new Set<string>()
    return eachProvider(host).flatMap(provider => {
      const [place, idp] = [provider.part('synapse_idp_id')?.place, provider.text('synapse_idp_id')]
      if (!place || idp === undefined) return []
      if (seen.has(idp)) {
        return [{ message: `${provider.name} has the same \`synapse_idp_id\` as an earlier provider`, place }]
      }
      seen.add(idp)
      return []
    })
  },
})
