// src/rules/facts/traps.ts
const delegationVariable = "matrix_synapse_matrix_authentication_service_enabled";
const wellKnownVariable = "matrix_static_files_file_matrix_client_property_org_matrix_msc2965_authentication_enabled";
const elementVariable = "matrix_client_element_features_feature_oidc_native_flow";
const trapVariables = [
	delegationVariable,
	wellKnownVariable,
	elementVariable
];
const closedTraps = trapVariables.map((name) => `${name}: false\n`).join("");

export { wellKnownVariable as a, trapVariables as i, delegationVariable as n, elementVariable as r, closedTraps as t };