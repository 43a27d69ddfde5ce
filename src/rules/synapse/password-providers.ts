export const passwordProviderVariables = ['shared_secret_auth', 'rest_auth', 'ldap'].map(
  kind => `matrix_synapse_ext_password_provider_${kind}_enabled`,
)
