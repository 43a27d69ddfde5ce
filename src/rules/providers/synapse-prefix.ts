import { eachProvider, providerList, whole } from '../facts/providers.ts'
import { editText } from '../kit/fix.ts'
import { defineRule } from '../kit/rule.ts'

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
