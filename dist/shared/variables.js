// src/domain/variables.ts
const domainVariable = "matrix_domain";
const enabledVariable = "matrix_authentication_service_enabled";
const inProgressVariable = "matrix_authentication_service_migration_in_progress";
const oidcEnabledVariable = "matrix_synapse_oidc_enabled";
const oidcProvidersVariable = "matrix_synapse_oidc_providers";
const isOidcVariable = (name) => name.startsWith("matrix_synapse_oidc_");
const encryptionSecretVariable = "matrix_authentication_service_config_secrets_encryption";
const delegationVariable = "matrix_synapse_matrix_authentication_service_enabled";
const wellKnownVariable = "matrix_static_files_file_matrix_client_property_org_matrix_msc2965_authentication_enabled";
const elementVariable = "matrix_client_element_features_feature_oidc_native_flow";
const mappingVariable = "matrix_authentication_service_syn2mas_process_extra_arguments";
const synapseExtension = "matrix_synapse_configuration_extension_yaml";
const schemesVariable = "matrix_authentication_service_config_passwords_schemes";
const passwordsEnabledVariable = "matrix_authentication_service_config_passwords_enabled";
const synapsePasswordsVariable = "matrix_synapse_password_config_enabled";
const stageVariables = [
	enabledVariable,
	inProgressVariable,
	delegationVariable,
	wellKnownVariable,
	elementVariable
];

export { encryptionSecretVariable as a, mappingVariable as c, passwordsEnabledVariable as d, schemesVariable as f, wellKnownVariable as g, synapsePasswordsVariable as h, enabledVariable as i, oidcEnabledVariable as l, synapseExtension as m, domainVariable as n, inProgressVariable as o, stageVariables as p, elementVariable as r, isOidcVariable as s, delegationVariable as t, oidcProvidersVariable as u };