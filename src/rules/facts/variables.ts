export const registrationVariable = 'matrix_synapse_enable_registration'
export const masRegistrationVariable =
  'matrix_authentication_service_config_account_password_registration_enabled'
export const captchaVariable = 'matrix_synapse_enable_registration_captcha'
export const masCaptchaVariable = 'matrix_authentication_service_config_captcha_service'
export const masTokenVariable = 'matrix_authentication_service_config_account_registration_token_required'

export const oidcEnabledVariable = 'matrix_synapse_oidc_enabled'
export const oidcProvidersVariable = 'matrix_synapse_oidc_providers'

/** An invented provider of Synapse for examples. */
export const exampleProvider = `${oidcProvidersVariable}:\n  - idp_id: example\n    issuer: https://idp.example.test/\n`

/** The encryption secret of MAS (`defaults/main.yml` of the playbook's role); 64 hexadecimal digits (`crates/config/src/sections/secrets.rs` of MAS). */
export const encryptionSecretVariable = 'matrix_authentication_service_config_secrets_encryption'

/** An invented secret for examples. */
export const inventedSecret = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'

/** Variables that today's playbook turns on too early while MAS is prepared (its `group_vars/matrix_servers`). */
export const delegationVariable = 'matrix_synapse_matrix_authentication_service_enabled'
export const wellKnownVariable =
  'matrix_static_files_file_matrix_client_property_org_matrix_msc2965_authentication_enabled'
export const elementVariable = 'matrix_client_element_features_feature_oidc_native_flow'

export const trapVariables = [delegationVariable, wellKnownVariable, elementVariable]

/** Examples: the lines that set all three to `false`. */
export const closedTraps = trapVariables.map(name => `${name}: false\n`).join('')
