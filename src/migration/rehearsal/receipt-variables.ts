import { stageVariables } from '../../domain/variables.ts'
import type { Host } from '../../inventory/inventory.ts'
import type { Value } from '../../inventory/value.ts'
import type { EvaluatedVariables } from '../../playbook/evaluate.ts'
import { isRecord } from '../../support/json.ts'

const withPrefix = (prefix: string, words: string) =>
  words
    .trim()
    .split(/\s+/)
    .map(word => prefix + word)

/** What `homeserver.yaml` has of accounts, logins, the database and the delegation. */
const ofSynapse = withPrefix(
  'matrix_synapse_',
  `
  version container_image container_image_final container_image_name container_image_tag container_image_self_build
  container_image_registry_prefix container_image_registry_prefix_upstream container_image_registry_prefix_upstream_default
  docker_image docker_image_final docker_image_name docker_image_name_prefix docker_image_tag docker_image_registry_prefix
  configuration configuration_yaml configuration_extension configuration_extension_yaml
  oidc_enabled oidc_providers cas_config_enabled modules password_providers_enabled
  ext_password_provider_shared_secret_auth_enabled ext_password_provider_shared_secret_auth_shared_secret
  password_config_enabled password_config_localdb_enabled password_config_pepper
  allow_guest_access enable_registration enable_registration_without_verification registration_requires_token registrations_require_3pid registration_shared_secret
  enable_registration_captcha recaptcha_public_key recaptcha_private_key
  public_baseurl workers_enabled
  database_host database_port database_user database_password database_database database_socket_enabled database_socket_path
  matrix_authentication_service_endpoint matrix_authentication_service_secret
  experimental_features experimental_features_msc4108_enabled
  experimental_features_msc3861_enabled experimental_features_msc3861_issuer
  experimental_features_msc3861_introspection_endpoint experimental_features_msc3861_account_management_url
  experimental_features_msc3861_client_id experimental_features_msc3861_client_auth_method
  experimental_features_msc3861_client_secret experimental_features_msc3861_admin_token
`,
)

/** What MAS's `config.yaml`, environment, labels and unit have. */
const ofMas = withPrefix(
  'matrix_authentication_service_',
  `
  version container_image container_image_name_prefix container_image_self_build container_image_force_pull
  container_image_registry_prefix container_image_registry_prefix_upstream container_image_registry_prefix_upstream_default
  configuration configuration_yaml configuration_extension configuration_extension_yaml environment_variables_extension
  hostname path_prefix admin_api_enabled key_management_list config_path data_keys_path uid gid
  container_network container_additional_networks container_extra_arguments
  systemd_required_services_list systemd_wanted_services_list
`,
)

const ofMasConfiguration = withPrefix(
  'matrix_authentication_service_config_',
  `
  http_listener_web_resources http_trusted_proxies http_public_base http_issuer
  database_host database_port database_username database_password database_database database_ssl_mode
  database_max_connections database_min_connections database_connect_timeout database_idle_timeout database_max_lifetime
  database_socket_enabled database_socket_path database_socket_path_host
  email_from email_reply_to email_transport email_mode email_hostname email_port email_username email_password
  secrets_encryption secrets_keys passwords_enabled passwords_schemes passwords_minimum_complexity
  matrix_kind matrix_homeserver matrix_secret matrix_endpoint
  account_email_change_allowed account_displayname_change_allowed account_password_registration_enabled
  account_password_registration_email_required account_password_change_allowed account_password_recovery_enabled
  account_account_deactivation_allowed account_login_with_email_allowed account_registration_token_required
  captcha_service captcha_site_key captcha_secret_key clients upstream_oauth2_providers
`,
)

const ofMasLabels = withPrefix(
  'matrix_authentication_service_container_labels_',
  `
  traefik_enabled traefik_docker_network traefik_additional_response_headers additional_labels
  public_main_rule public_main_path_prefix public_main_priority public_main_entrypoints public_main_tls
  public_main_tls_certResolver
  public_compatibility_layer_enabled public_compatibility_layer_rule public_compatibility_layer_path_regexp
  public_compatibility_layer_priority public_compatibility_layer_entrypoints public_compatibility_layer_tls
  public_compatibility_layer_tls_certResolver
  internal_compatibility_layer_enabled internal_compatibility_layer_rule internal_compatibility_layer_priority
  internal_compatibility_layer_entrypoints
`,
)

/** Without the dry-run variables: the rehearsal sets them, and the migration runs the command without them. */
const ofSyn2mas = withPrefix(
  'matrix_authentication_service_syn2mas_',
  `
  version process_extra_arguments subcommand command_extra_options subcommand_extra_options
  container_image container_image_name_prefix container_image_self_build container_image_force_pull container_network
  synapse_homeserver_config_path synapse_database_socket_enabled synapse_database_socket_path
  synapse_database_socket_path_host start_wait_time_seconds
`,
)

/**
 * The variables that a migration depends on: a receipt is valid only for their values. They are all that syn2mas and the switch-over read,
 * in both dialects. Listed in docs/reference/receipt.md.
 */
export const receiptVariables: readonly string[] = [
  'matrix_domain',
  'matrix_server_fqn_matrix',
  'matrix_homeserver_url',
  'matrix_homeserver_implementation',
  'matrix_homeserver_generic_secret_key',
  ...stageVariables,
  ...ofSynapse,
  ...ofMas,
  ...ofMasConfiguration,
  ...ofMasLabels,
  ...ofSyn2mas,
]

/**
 * A text for each variable, the same for equal values: what Ansible evaluates, however the inventory writes it. Where it cannot evaluate a
 * value, such as one that needs facts of the server, the text that wins in the inventory.
 */
export function boundValues(host: Host, evaluated: EvaluatedVariables): Readonly<Record<string, string>> {
  return Object.fromEntries(
    receiptVariables.map(name => {
      const text = evaluated.has(name) ? canonicalJson(evaluated.get(name)) : `text ${written(host, name)}`
      // With its name, so that no two variables have the same HMAC.
      return [name, `${name}: ${text}`]
    }),
  )
}

/** Keys are sorted. A variable that is not defined is not `null`. */
function canonicalJson(json: unknown): string {
  const sorted = (_: string, value: unknown) =>
    isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value
  return JSON.stringify(json, sorted) ?? '(not defined)'
}

/** Nothing about encrypted files: the first one of an inventory would change each variable that is not written. */
function written(host: Host, name: string): string {
  const { value } = host.variable(name)
  return value ? canonical(value) : '(none)'
}

/** The same text for equal values, however they are written. Keys are sorted. */
function canonical(value: Value): string {
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
      return `(unknown ${JSON.stringify(value.source)})`
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
