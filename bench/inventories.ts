import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PlaybookVariables } from '../src/playbook/variables.ts'
import { diskFiles } from '../src/support/files/disk-files.ts'

/** Writes a valid inventory of so many hosts, each prepared for its migration, with a provider. */
export function writeInventory(folder: string, hosts: number): readonly string[] {
  const names = Array.from({ length: hosts }, (_, index) => `matrix.host${index}.example.test`)
  mkdirSync(join(folder, 'inventory'), { recursive: true })
  const lines = names.map(
    (name, index) => `${name} ansible_host=192.0.2.${index % 250} ansible_ssh_user=root`,
  )
  writeFileSync(join(folder, 'inventory/hosts'), `[matrix_servers]\n${lines.join('\n')}\n`)
  mkdirSync(join(folder, 'inventory/group_vars'), { recursive: true })
  writeFileSync(join(folder, 'inventory/group_vars/matrix_servers.yml'), shared)
  return names.map((name, index) => {
    const path = join(folder, 'inventory/host_vars', name)
    mkdirSync(path, { recursive: true })
    writeFileSync(join(path, 'vars.yml'), variables(index))
    return join(path, 'vars.yml')
  })
}

/** What an operator says once for all hosts. */
const shared = `matrix_homeserver_implementation: synapse
matrix_synapse_workers_enabled: true
matrix_synapse_workers_preset: one-of-each
matrix_client_element_enabled: true
`

function variables(index: number): string {
  const domain = `host${index}.example.test`
  // Invented, and another for each host.
  const secret = createHash('sha256').update(`host ${index}`).digest('hex')
  return `---
# The bare domain name of the users' addresses.
matrix_domain: ${domain}
matrix_homeserver_generic_secret_key: "{{ vault_generic_secret_key }}"
matrix_playbook_reverse_proxy_type: playbook-managed-traefik
traefik_config_certificatesResolvers_acme_email: admin@${domain}
postgres_connection_password: "{{ vault_postgres_password }}"

matrix_authentication_service_enabled: true
matrix_authentication_service_migration_in_progress: true
matrix_authentication_service_config_secrets_encryption: "${secret}"
matrix_synapse_matrix_authentication_service_enabled: false
matrix_static_files_file_matrix_client_property_org_matrix_msc2965_authentication_enabled: false
matrix_client_element_features_feature_oidc_native_flow: false

matrix_authentication_service_config_passwords_schemes:
  - version: 1
    algorithm: bcrypt
    secret: "{{ matrix_synapse_password_config_pepper }}"
    unicode_normalization: true

matrix_authentication_service_config_upstream_oauth2_providers:
  - id: ${`01HFVBY12TMNTYTBV8${String(index).padStart(8, '0')}`}
    synapse_idp_id: oidc-example
    human_name: Example
    issuer: https://idp.${domain}/
    client_id: matrix
    client_secret: "{{ vault_client_secret }}"
    token_endpoint_auth_method: client_secret_basic
    scope: openid profile email
    claims_imports:
      localpart:
        action: require
        template: "{% raw %}{{ user.preferred_username }}{% endraw %}"

matrix_synapse_configuration_extension_yaml: |
  limit_remote_rooms:
    enabled: true
    complexity: 1.0
`
}

/** Writes one host with so many of the playbook's variables, spread over all roles; every tenth name has a typo. */
export function writeManyVariables(folder: string, count: number, playbook: string): void {
  writeInventory(folder, 1)
  const names = [...new PlaybookVariables(diskFiles(playbook)).names()].sort()
  const lines = Array.from({ length: count }, (_, index) => {
    const name = names[Math.floor((index * names.length) / count)] ?? ''
    return `${index % 10 === 0 ? `${name.slice(0, -2)}${name.slice(-1)}` : name}: x${index}`
  })
  const path = join(folder, 'inventory/host_vars/matrix.host0.example.test/more.yml')
  writeFileSync(path, `${lines.join('\n')}\n`)
}
