import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Dialect } from '../../../../src/domain/stage.ts'
import { masProviders, providerMapping, synapseProviders } from './providers.ts'
import { type RealPlaybook, realVars } from './real.ts'

/** The stage that the vars ask for; `unknown` is no operator's intent. */
export type WantedStage = 'off' | 'prepared' | 'live'

export interface InventoryOptions {
  readonly dialect: Dialect
  readonly stage: WantedStage
  /** Where the server answers SSH as root. */
  readonly address: string
  /** 22 where not given. */
  readonly sshPort?: number
  /** Given for a real checkout of the playbook, in place of the lab's own. */
  readonly real?: RealPlaybook
  /** More lines of YAML for vars.yml, as an operator would add them; the last of two equal names wins. */
  readonly extraVars?: string
}

export const inventoryHost = 'matrix.example.test'
/** Invented; the lab's server holds nothing but invented data. */
export const encryptionSecret = '5c1a7f0e9b3d48266dd0e1b7a94c2f83e8b0593d7c16fa42905be86f31d7ac04'

/**
 * Writes what an operator keeps in a repository of their own: `inventory/hosts` and the host's `vars.yml` below `dir`.
 * Between the stages only those lines differ that the two pull requests of a migration add and remove.
 */
export async function writeInventory(dir: string, options: InventoryOptions): Promise<void> {
  const vars = join(dir, 'inventory', 'host_vars', inventoryHost)
  await mkdir(vars, { recursive: true })
  await writeFile(join(dir, 'inventory', 'hosts'), hostsText(options))
  await writeFile(join(vars, 'vars.yml'), varsText(options))
}

/** The inventory in INI, with the host's connection variables on its line. */
export function hostsText({ address, sshPort = 22 }: InventoryOptions): string {
  const port = sshPort === 22 ? '' : ` ansible_ssh_port=${sshPort}`
  return `[matrix_servers]\n${inventoryHost} ansible_host=${address} ansible_ssh_user=root${port}\n`
}

/** The host's vars.yml. */
export function varsText({ dialect, stage, real, extraVars = '' }: InventoryOptions): string {
  const parts = [baseVars(dialect, real), synapseVars, real ? realVars[dialect] : '']
  if (stage !== 'live') parts.push(synapseProviders)
  if (stage !== 'off') parts.push(masVars, masProviders(dialect), providerMapping(dialect))
  if (stage === 'prepared') parts.push(preparedVars)
  if (extraVars !== '') parts.push(extraVars)
  return `---\n${parts.filter(Boolean).join('\n')}`
}

function baseVars(dialect: Dialect, real: RealPlaybook | undefined): string {
  const version = real ? real.validatedVersion : dialect === 'mas-cli' ? 'v2026.05.18.0' : undefined
  const validated = version === undefined ? '' : `\nmatrix_playbook_migration_validated_version: ${version}\n`
  return `matrix_domain: example.test
matrix_homeserver_implementation: synapse
matrix_homeserver_generic_secret_key: lab-generic-secret-key-of-example-test
postgres_connection_password: lab-postgres-superuser-password
matrix_user_uid: 991
matrix_user_gid: 991
${validated}`
}

const synapseVars = `matrix_synapse_workers_enabled: true
matrix_synapse_rc_login:
  address: {per_second: 1000, burst_count: 1000}
  account: {per_second: 1000, burst_count: 1000}
  failed_attempts: {per_second: 1000, burst_count: 1000}
matrix_synapse_rc_message: {per_second: 1000, burst_count: 1000}
matrix_synapse_rc_registration: {per_second: 1000, burst_count: 1000}
matrix_synapse_configuration_extension_yaml: |
  # A new database has some fifty background updates to do: seconds without pauses, most of a minute with them.
  background_updates: {sleep_enabled: false}
`

const masVars = `matrix_authentication_service_enabled: true
matrix_authentication_service_config_secrets_encryption: ${encryptionSecret}
`

/** The guide's own line, and the three that close the traps of today's playbook; the older one ignores what it does not know. */
const preparedVars = `matrix_authentication_service_migration_in_progress: true
matrix_synapse_matrix_authentication_service_enabled: false
matrix_static_files_file_matrix_client_property_org_matrix_msc2965_authentication_enabled: false
matrix_client_element_features_feature_oidc_native_flow: false
`
