import type { Host } from '../../inventory/inventory.ts'
import type { Value } from '../../inventory/value.ts'

/** The variables that a migration depends on: a receipt is valid only for their values. Listed in docs/reference/receipt.md. */
export const receiptVariables = [
  'matrix_domain',
  'matrix_server_fqn_matrix',
  'matrix_homeserver_implementation',
  'matrix_homeserver_generic_secret_key',
  'matrix_synapse_container_image_tag',
  'matrix_synapse_version',
  'matrix_synapse_oidc_enabled',
  'matrix_synapse_oidc_providers',
  'matrix_synapse_allow_guest_access',
  'matrix_synapse_password_config_enabled',
  'matrix_synapse_password_config_pepper',
  'matrix_synapse_workers_enabled',
  'matrix_synapse_configuration_extension_yaml',
  'matrix_authentication_service_enabled',
  'matrix_authentication_service_version',
  'matrix_authentication_service_migration_in_progress',
  'matrix_authentication_service_hostname',
  'matrix_authentication_service_path_prefix',
  'matrix_authentication_service_config_secrets_encryption',
  'matrix_authentication_service_config_matrix_homeserver',
  'matrix_authentication_service_config_passwords_schemes',
  'matrix_authentication_service_config_upstream_oauth2_providers',
  'matrix_authentication_service_configuration_extension_yaml',
  'matrix_authentication_service_syn2mas_process_extra_arguments',
  'matrix_authentication_service_syn2mas_command_extra_options',
  'matrix_authentication_service_syn2mas_subcommand_extra_options',
] as const

/** The effective value of each variable as canonical text; Jinja and vault values are only named as such. */
export function boundValues(host: Host): Readonly<Record<string, string>> {
  return Object.fromEntries(
    receiptVariables.map(name => {
      const variable = host.variable(name)
      return [name, variable.value ? canonical(variable.value) : `(${variable.state})`]
    }),
  )
}

/** The same text for equal values, however they are written. Keys are sorted. */
export function canonical(value: Value): string {
  switch (value.kind) {
    case 'string':
      return JSON.stringify(value.value)
    case 'integer':
    case 'float':
    case 'boolean':
      return String(value.value)
    case 'null':
      return 'null'
    case 'date':
      return value.text
    case 'unknown':
    case 'vault':
      return `(${value.kind})`
    case 'list':
      return `[${value.items.map(canonical).join(',')}]`
    case 'map': {
      const entries = value.entries.map(entry => `${JSON.stringify(entry.key)}:${canonical(entry.value)}`)
      return `{${entries.sort().join(',')}}`
    }
  }
}
