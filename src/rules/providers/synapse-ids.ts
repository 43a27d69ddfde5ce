import { eachProvider, providerList, providersVariable, publicClient, whole } from '../facts/providers.ts'
import { synapseProviders, withBoth } from '../facts/synapse-links.ts'
import { editText } from '../kit/fix.ts'
import { defineRule, prepared } from '../kit/rule.ts'

export const synapseIdPrefix = defineRule({
  id: 'providers/synapse-prefix',
  severity: 'error',
  why: 'Synapse stores account links under `oidc-` followed by the `idp_id`, or under `oidc` for a provider without one. syn2mas looks for exactly that name.',
  remedy: 'Put `oidc-` before the `idp_id`: `synapse_idp_id: oidc-NAME`.',
  examples: {
    wrong: [
      providerList(...whole, 'synapse_idp_id: keycloak'),
      providerList(...whole, 'synapse_idp_id: oidc_keycloak'),
    ],
    right: [
      providerList(...whole, 'synapse_idp_id: oidc-keycloak'),
      providerList(...whole, 'synapse_idp_id: oidc'),
      providerList(...whole, 'synapse_idp_id: saml'),
      providerList(...whole, 'synapse_idp_id: null'),
      providerList(...whole, 'synapse_idp_id: "{{ x }}"'),
    ],
  },
  check: ({ host }) =>
    eachProvider(host).flatMap(({ name, definition, part, text }) => {
      const [value, idp] = [part('synapse_idp_id'), text('synapse_idp_id')]
      if (!value || idp === undefined || /^(?:oidc(?:-.+)?|saml|cas)$/.test(idp)) return []
      const message = `the \`synapse_idp_id\` of ${name} does not start with \`oidc-\``
      const suggestion =
        /^[a-z0-9._~-]+$/.test(idp) && !/^oidc/.test(idp)
          ? editText(definition, value, { before: 'oidc-' })
          : undefined
      return [{ message, place: value.place, suggestion }]
    }),
})

export const synapseIdUnknown = defineRule({
  id: 'providers/synapse-unknown',
  severity: 'warning',
  stages: ['prepared'],
  why: 'Synapse has no provider with this name. If the name is misspelled, the accounts of the intended provider are not migrated.',
  remedy:
    'Set `synapse_idp_id: oidc-NAME`, with the `idp_id` of a provider in Synapse as `NAME`. Remove `synapse_idp_id` if Synapse does not have this provider.',
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
