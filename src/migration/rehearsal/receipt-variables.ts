import type { Host } from '../../inventory/inventory.ts'
import { isOpaque, type Value } from '../../inventory/value.ts'
import type { EvaluatedVariables } from '../../playbook/evaluate.ts'

/** The variables that a migration depends on: a receipt is valid only for their values. Listed in docs/reference/receipt.md. */
export const receiptVariables = [
  'matrix_domain',
  'matrix_server_fqn_matrix',
  'matrix_homeserver_implementation',
  'matrix_homeserver_generic_secret_key',
  'matrix_synapse_allow_guest_access',
  'matrix_synapse_cas_config_enabled',
  'matrix_synapse_configuration',
  'matrix_synapse_configuration_extension',
  'matrix_synapse_configuration_extension_yaml',
  'matrix_synapse_container_image_tag',
  'matrix_synapse_database_database',
  'matrix_synapse_database_host',
  'matrix_synapse_database_password',
  'matrix_synapse_database_port',
  'matrix_synapse_database_socket_enabled',
  'matrix_synapse_database_user',
  'matrix_synapse_docker_image_tag',
  'matrix_synapse_enable_registration',
  'matrix_synapse_enable_registration_captcha',
  'matrix_synapse_enable_registration_without_verification',
  'matrix_synapse_experimental_features',
  'matrix_synapse_experimental_features_custom',
  'matrix_synapse_experimental_features_msc3861_account_management_url',
  'matrix_synapse_experimental_features_msc3861_admin_token',
  'matrix_synapse_experimental_features_msc3861_client_auth_method',
  'matrix_synapse_experimental_features_msc3861_client_id',
  'matrix_synapse_experimental_features_msc3861_client_secret',
  'matrix_synapse_experimental_features_msc3861_enabled',
  'matrix_synapse_experimental_features_msc3861_introspection_endpoint',
  'matrix_synapse_experimental_features_msc3861_issuer',
  'matrix_synapse_experimental_features_msc4108_enabled',
  'matrix_synapse_matrix_authentication_service_enabled',
  'matrix_synapse_matrix_authentication_service_endpoint',
  'matrix_synapse_matrix_authentication_service_secret',
  'matrix_synapse_oidc_enabled',
  'matrix_synapse_oidc_providers',
  'matrix_synapse_password_config_enabled',
  'matrix_synapse_password_config_localdb_enabled',
  'matrix_synapse_password_config_pepper',
  'matrix_synapse_password_providers_enabled',
  'matrix_synapse_recaptcha_private_key',
  'matrix_synapse_recaptcha_public_key',
  'matrix_synapse_version',
  'matrix_synapse_workers_enabled',
  'matrix_authentication_service_admin_api_enabled',
  'matrix_authentication_service_config_account_account_deactivation_allowed',
  'matrix_authentication_service_config_account_displayname_change_allowed',
  'matrix_authentication_service_config_account_email_change_allowed',
  'matrix_authentication_service_config_account_login_with_email_allowed',
  'matrix_authentication_service_config_account_password_change_allowed',
  'matrix_authentication_service_config_account_password_recovery_enabled',
  'matrix_authentication_service_config_account_password_registration_email_required',
  'matrix_authentication_service_config_account_password_registration_enabled',
  'matrix_authentication_service_config_account_registration_token_required',
  'matrix_authentication_service_config_captcha_secret_key',
  'matrix_authentication_service_config_captcha_service',
  'matrix_authentication_service_config_captcha_site_key',
  'matrix_authentication_service_config_clients',
  'matrix_authentication_service_config_clients_custom',
  'matrix_authentication_service_config_database_database',
  'matrix_authentication_service_config_database_host',
  'matrix_authentication_service_config_database_password',
  'matrix_authentication_service_config_database_port',
  'matrix_authentication_service_config_database_socket_enabled',
  'matrix_authentication_service_config_database_ssl_mode',
  'matrix_authentication_service_config_database_username',
  'matrix_authentication_service_config_http_issuer',
  'matrix_authentication_service_config_http_public_base',
  'matrix_authentication_service_config_matrix_endpoint',
  'matrix_authentication_service_config_matrix_homeserver',
  'matrix_authentication_service_config_matrix_kind',
  'matrix_authentication_service_config_matrix_secret',
  'matrix_authentication_service_config_passwords_enabled',
  'matrix_authentication_service_config_passwords_minimum_complexity',
  'matrix_authentication_service_config_passwords_schemes',
  'matrix_authentication_service_config_secrets_encryption',
  'matrix_authentication_service_config_secrets_keys',
  'matrix_authentication_service_config_upstream_oauth2_providers',
  'matrix_authentication_service_configuration',
  'matrix_authentication_service_configuration_extension',
  'matrix_authentication_service_configuration_extension_yaml',
  'matrix_authentication_service_enabled',
  'matrix_authentication_service_hostname',
  'matrix_authentication_service_key_management_list',
  'matrix_authentication_service_key_management_list_custom',
  'matrix_authentication_service_migration_in_progress',
  'matrix_authentication_service_path_prefix',
  'matrix_authentication_service_syn2mas_command_extra_options',
  'matrix_authentication_service_syn2mas_process_extra_arguments',
  'matrix_authentication_service_syn2mas_subcommand',
  'matrix_authentication_service_syn2mas_subcommand_extra_options',
  'matrix_authentication_service_syn2mas_synapse_database_socket_enabled',
  'matrix_authentication_service_syn2mas_version',
  'matrix_authentication_service_version',
] as const

/**
 * The effective value of each variable as canonical text: what the inventory says, or what Ansible computes where that is
 * Jinja or in a vault, or where an encrypted file could set it.
 * @param evaluate Returns Ansible's values; called only where there are such variables.
 */
export async function boundValues(
  host: Host,
  evaluate: (names: readonly string[]) => Promise<EvaluatedVariables>,
): Promise<Readonly<Record<string, string>>> {
  const variables = receiptVariables.map(name => host.variable(name))
  const hidden = variables.filter(({ state, value }) => (value ? hasHidden(value) : state === 'unknown'))
  const evaluated = hidden.length === 0 ? undefined : await evaluate(hidden.map(({ name }) => name))
  return Object.fromEntries(
    variables.map(variable => {
      const { name, value, state } = variable
      const plain = value ? canonical(value) : `(${state})`
      const isEvaluated = hidden.includes(variable) && evaluated?.get(name) !== undefined
      return [name, isEvaluated ? `evaluated: ${JSON.stringify(evaluated?.get(name))}` : plain]
    }),
  )
}

/** Whether a part of the value is known only to Ansible. */
function hasHidden(value: Value): boolean {
  if (value.kind === 'list') return value.items.some(hasHidden)
  if (value.kind === 'map') return value.entries.some(entry => hasHidden(entry.value))
  return isOpaque(value)
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
      return `(unknown) ${value.source ?? ''}`
    case 'vault':
      return '(vault)'
    case 'list':
      return `[${value.items.map(canonical).join(',')}]`
    case 'map': {
      const entries = value.entries.map(entry => `${JSON.stringify(entry.key)}:${canonical(entry.value)}`)
      return `{${entries.sort().join(',')}}`
    }
  }
}
