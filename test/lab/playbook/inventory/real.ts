import type { Dialect } from '../../../../src/domain/stage.ts'
import { registry } from '../real/images.ts'

/** What the vars must know of a real checkout. */
export interface RealPlaybook {
  /** What `matrix_playbook_migration_validated_version` must be; absent where the playbook does not ask. */
  readonly validatedVersion: string | undefined
}

/** Parts of a real playbook that want the internet, or a machine that is no container. */
const switchedOff = [
  'devture_playbook_help_apt_cache_prewarming_enabled',
  'matrix_playbook_docker_installation_enabled',
  'devture_docker_sdk_for_python_installation_enabled',
  'devture_timesync_installation_enabled',
  'devture_systemd_docker_base_ipv6_enabled',
  'exim_relay_enabled',
  'matrix_client_element_enabled',
  'matrix_static_files_enabled',
  'traefik_certs_dumper_enabled',
]
  .map(name => `${name}: false\n`)
  .join('')

const everywhere = `# Somebody else's Traefik: the labels are as on a server with one.
matrix_playbook_reverse_proxy_type: other-traefik-container
${switchedOff}matrix_synapse_workers_preset: little-federation-helper
matrix_synapse_workers_generic_workers_count: 1
matrix_synapse_reverse_proxy_companion_version: '1.30'
valkey_container_image_tag: '7.0'
`

/** In 2024 each role had its own name for the registry. */
const prefixesOf2024 = [
  'matrix_container_global_registry_prefix',
  'matrix_synapse_docker_image_registry_prefix',
  'matrix_authentication_service_container_image_name_prefix',
  'matrix_authentication_service_syn2mas_container_image_name_prefix',
  'valkey_container_image_registry_prefix',
]
  .map(name => `${name}: '${registry}'\n`)
  .join('')

/** What an operator's vars say besides, for a real playbook to run in the lab: images of the lab's, nothing of the internet's. */
export const realVars: Readonly<Record<Dialect, string>> = {
  'mas-cli': `${everywhere}matrix_container_global_registry_prefix_override: '${registry}'
matrix_synapse_version: v1.163.2
matrix_authentication_service_version: 1.22.0
postgres_allowed_versions_custom: [15]
postgres_container_image_suffix: ''
postgres_container_image_v15_version: '15'
# The lab's image has an account of that name itself.
postgres_container_mount_etc_passwd_enabled: false
`,
  'syn2mas-tool': `${everywhere}${prefixesOf2024}matrix_coturn_enabled: false
matrix_synapse_version: v1.121.1
matrix_authentication_service_version: 0.13.0
matrix_authentication_service_syn2mas_version: 0.15.0
postgres_container_image_v15: '${registry}postgres:15'
postgres_container_image_latest: '${registry}postgres:15'
`,
}
