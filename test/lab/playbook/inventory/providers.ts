import type { Dialect } from '../../../../src/domain/stage.ts'

/** An upstream provider as both sides of a migration know it. */
export interface UpstreamProvider {
  /** As Synapse stores it in `user_external_ids.auth_provider`. */
  readonly synapseId: string
  /** A ULID. */
  readonly masId: string
}

export const upstreamProviders: readonly UpstreamProvider[] = [
  { synapseId: 'oidc-keycloak', masId: '01JCT5Q2N4ZKD1T8V4W6Y9KEYC' },
  { synapseId: 'oidc-github', masId: '01JCT5Q2N4ZKD1T8V4W6Y9G1TH' },
]

/**
 * Nothing is discovered and no keys are fetched: Synapse would do both when it starts, and refuse to start without an
 * answer. The Node tool needs `issuer` and `scopes` of each.
 */
export const synapseProviders = `matrix_synapse_oidc_enabled: true
matrix_synapse_oidc_providers:
  - idp_id: keycloak
    idp_name: Keycloak
    issuer: https://keycloak.example.test/realms/lab
    discover: false
    client_id: synapse
    client_secret: lab-keycloak-client-secret
    scopes: [openid, profile, email]
    user_profile_method: userinfo_endpoint
    authorization_endpoint: https://keycloak.example.test/realms/lab/auth
    token_endpoint: https://keycloak.example.test/realms/lab/token
    userinfo_endpoint: https://keycloak.example.test/realms/lab/userinfo
    jwks_uri: https://keycloak.example.test/realms/lab/certs
    allow_existing_users: true
    user_mapping_provider:
      config:
        localpart_template: "{% raw %}{{ user.preferred_username }}{% endraw %}"
        display_name_template: "{% raw %}{{ user.name }}{% endraw %}"
  - idp_id: github
    idp_name: GitHub
    idp_brand: github
    issuer: https://github.com/
    discover: false
    client_id: lab-github-client
    client_secret: lab-github-client-secret
    scopes: ['read:user']
    authorization_endpoint: https://github.com/login/oauth/authorize
    token_endpoint: https://github.com/login/oauth/access_token
    userinfo_endpoint: https://api.github.com/user
    user_mapping_provider:
      config:
        subject_claim: id
        localpart_template: "{% raw %}{{ user.login }}{% endraw %}"
`

/** In `mas-cli` a provider says itself which one of Synapse's it continues. */
export function masProviders(dialect: Dialect): string {
  const [keycloak, github] = upstreamProviders.map(({ masId, synapseId }) =>
    dialect === 'mas-cli' ? `id: ${masId}\n    synapse_idp_id: ${synapseId}` : `id: ${masId}`,
  )
  return `matrix_authentication_service_config_upstream_oauth2_providers:
  - ${keycloak}
    human_name: Keycloak
    issuer: https://keycloak.example.test/realms/lab
    discovery_mode: disabled
    client_id: mas
    client_secret: lab-keycloak-client-secret
    token_endpoint_auth_method: client_secret_basic
    scope: openid profile email
    authorization_endpoint: https://keycloak.example.test/realms/lab/auth
    token_endpoint: https://keycloak.example.test/realms/lab/token
    userinfo_endpoint: https://keycloak.example.test/realms/lab/userinfo
    jwks_uri: https://keycloak.example.test/realms/lab/certs
    claims_imports:
      localpart:
        action: require
        template: "{% raw %}{{ user.preferred_username }}{% endraw %}"
      displayname:
        action: force
        template: "{% raw %}{{ user.name }}{% endraw %}"
  - ${github}
    human_name: GitHub
    brand_name: github
    issuer: https://github.com/
    discovery_mode: disabled
    fetch_userinfo: true
    client_id: lab-github-client
    client_secret: lab-github-client-secret
    token_endpoint_auth_method: client_secret_post
    scope: read:user
    authorization_endpoint: https://github.com/login/oauth/authorize
    token_endpoint: https://github.com/login/oauth/access_token
    userinfo_endpoint: https://api.github.com/user
    jwks_uri: https://github.com/login/oauth/.well-known/jwks
    claims_imports:
      subject:
        template: "{% raw %}{{ user.id }}{% endraw %}"
      localpart:
        action: require
        template: "{% raw %}{{ user.login }}{% endraw %}"
`
}

/** In `syn2mas-tool` the tool gets it on its command line. */
export function providerMapping(dialect: Dialect): string {
  if (dialect === 'mas-cli') return ''
  const lines = upstreamProviders.map(
    ({ synapseId, masId }) => `  - --upstreamProviderMapping ${synapseId}:${masId}\n`,
  )
  return `matrix_authentication_service_syn2mas_process_extra_arguments:\n${lines.join('')}`
}
