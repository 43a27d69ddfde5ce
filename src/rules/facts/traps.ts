/** Variables that today's playbook turns on too early while MAS is prepared (its `group_vars/matrix_servers`). */
export const delegationVariable = 'matrix_synapse_matrix_authentication_service_enabled'
export const wellKnownVariable =
  'matrix_static_files_file_matrix_client_property_org_matrix_msc2965_authentication_enabled'
export const elementVariable = 'matrix_client_element_features_feature_oidc_native_flow'

export const trapVariables = [delegationVariable, wellKnownVariable, elementVariable]

/** Examples: the lines that set all three to `false`. */
export const closedTraps = trapVariables.map(name => `${name}: false\n`).join('')
