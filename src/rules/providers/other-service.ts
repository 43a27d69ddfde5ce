import { defineRule } from '../rule.ts'
import { providersVariable } from './providers.ts'
import { mappedProviders, withMapped, withSynapse } from './synapse-links.ts'

const mappedTo = (issuer: string) => `${withSynapse}${providersVariable}:
  - id: 01HFVBY12TMNTYTBV8W921M5FA
    synapse_idp_id: oidc-keycloak
    issuer: ${issuer}
    client_id: mas
    token_endpoint_auth_method: none
`

export const mappedToOtherService = defineRule({
  id: 'providers/other-service',
  severity: 'error',
  stages: ['prepared'],
  dialects: ['mas-cli'],
  why: 'Links of accounts are taken over with the subjects that one service gave them. Another service gives the same subject to somebody else, who then owns the account.',
  remedy:
    'Name in `synapse_idp_id` the provider of Synapse that is the same service. A slash at the end alone is no other service: write it alike.',
  examples: {
    wrong: [mappedTo('https://other.example.test/'), mappedTo('https://idp.example.test')],
    right: [withMapped([], []), mappedTo('"{{ issuer }}"')],
  },
  check: ({ host }) =>
    mappedProviders(host).flatMap(({ mas, synapse }) => {
      const issuer = mas.text('issuer')
      const place = mas.part('issuer')?.place
      if (!place || issuer === undefined || synapse.issuer === undefined || issuer === synapse.issuer)
        return []
      return [
        { message: `${mas.name} has another issuer than the provider of Synapse that it takes over`, place },
      ]
    }),
})
