export const oidcEnabledVariable = 'matrix_synapse_oidc_enabled'
export const oidcProvidersVariable = 'matrix_synapse_oidc_providers'

/** An invented provider of Synapse for examples. */
export const exampleProvider = `${oidcProvidersVariable}:\n  - idp_id: example\n    issuer: https://idp.example.test/\n`
