/** The encryption secret of MAS (`defaults/main.yml` of the playbook's role); 64 hexadecimal digits (`crates/config/src/sections/secrets.rs` of MAS). */
export const encryptionSecretVariable = 'matrix_authentication_service_config_secrets_encryption'

/** An invented secret for examples. */
export const inventedSecret = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
