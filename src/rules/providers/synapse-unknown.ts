import { eachProvider, providersVariable, publicClient } from '../facts/providers.ts'
import { prepared } from '../facts/stages.ts'
import { synapseProviders, withBoth } from '../facts/synapse-links.ts'
import { defineRule } from '../kit/rule.ts'

export const synapseIdUnknown = defineRule({
  id: 'providers/synapse-unknown',
  severity: 'warning',
  stages: ['prepared'],
  why: 'Synapse has no provider with this name. If the name is misspelled, the accounts of the intended provider are not migrated.',
  remedy:
    "Use the `idp_id` of one of Synapse's providers after `oidc-`, or remove `synapse_idp_id` from a provider that Synapse does not have.",
  examples: {
    wrong: [withBoth(...publicClient, 'synapse_idp_id: oidc-keycloack')],
    right: [
      withBoth(...publicClient, 'synapse_idp_id: oidc-keycloak'),
      withBoth(...publicClient),
      `${prepared}${providersVariable}:\n  - ${publicClient.join('\n    ')}\n    synapse_idp_id: oidc-keycloak\n`,
    ],
  },
  check: ({ host }) => {
    const { known, incomplete } = synapseProviders(host)
    if (known.length === 0 || incomplete) return []
    const names = new Set(known.map(({ authProvider }) => authProvider))
    return eachProvider(host).flatMap(({ name, part, text }) => {
      const [place, idp] = [part('synapse_idp_id')?.place, text('synapse_idp_id')]
      if (!place || idp === undefined || names.has(idp) || !idp.startsWith('oidc')) return []
      return [{ message: `the \`synapse_idp_id\` of ${name} matches no provider of Synapse`, place }]
    })
  },
})
