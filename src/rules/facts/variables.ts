import {
  delegationVariable,
  elementVariable,
  oidcProvidersVariable,
  wellKnownVariable,
} from '../../domain/variables.ts'
export const registrationVariable = 'matrix_synapse_enable_registration'
export const validatedVersionVariable = 'matrix_playbook_migration_validated_version'
export const tokenVariable = 'matrix_synapse_registration_requires_token'
export const masRegistrationVariable =
  'matrix_authentication_service_config_account_password_registration_enabled'
export const captchaVariable = 'matrix_synapse_enable_registration_captcha'
export const masCaptchaVariable = 'matrix_authentication_service_config_captcha_service'
export const masTokenVariable = 'matrix_authentication_service_config_account_registration_token_required'

/** An invented provider of Synapse for examples. */
export const exampleProvider = `${oidcProvidersVariable}:\n  - idp_id: example\n    issuer: https://idp.example.test/\n`

/** An invented secret for examples. */
export const inventedSecret = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'

export const trapVariables = [delegationVariable, wellKnownVariable, elementVariable]

/** Examples: the lines that set all three to `false`. */
export const closedTraps = trapVariables.map(name => `${name}: false\n`).join('')
