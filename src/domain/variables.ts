/** Variables of the playbook that several parts of the toolkit name. Sources: its `group_vars/matrix_servers` and the roles' `defaults/main.yml`. */

export const domainVariable = 'matrix_domain'
export const enabledVariable = 'matrix_authentication_service_enabled'
export const inProgressVariable = 'matrix_authentication_service_migration_in_progress'
export const oidcEnabledVariable = 'matrix_synapse_oidc_enabled'
export const oidcProvidersVariable = 'matrix_synapse_oidc_providers'
/** Synapse's login providers: the change that migrates removes them. */
export const isOidcVariable = (name: string) => name.startsWith('matrix_synapse_oidc_')
export const encryptionSecretVariable = 'matrix_authentication_service_config_secrets_encryption'
export const delegationVariable = 'matrix_synapse_matrix_authentication_service_enabled'
export const wellKnownVariable =
  'matrix_static_files_file_matrix_client_property_org_matrix_msc2965_authentication_enabled'
export const elementVariable = 'matrix_client_element_features_feature_oidc_native_flow'
export const mappingVariable = 'matrix_authentication_service_syn2mas_process_extra_arguments'
export const synapseExtension = 'matrix_synapse_configuration_extension_yaml'
export const schemesVariable = 'matrix_authentication_service_config_passwords_schemes'
export const passwordsEnabledVariable = 'matrix_authentication_service_config_passwords_enabled'
export const synapsePasswordsVariable = 'matrix_synapse_password_config_enabled'

/** They decide the stage of a host, and what users see of it. */
export const stageVariables: readonly string[] = [
  enabledVariable,
  inProgressVariable,
  delegationVariable,
  wellKnownVariable,
  elementVariable,
]
