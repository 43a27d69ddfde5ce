import { userInfo } from 'node:os'
import process from 'node:process'
import type { ClientConfig } from 'pg'
import { Failure } from './failure.ts'
import { isMapping, type Mapping, mergeMappings, readYaml, Section } from './yaml-values.ts'

interface SynapseProvider {
  readonly issuer?: string
}

/** What syn2mas reads of `homeserver.yaml`. */
export interface SynapseConfig {
  readonly serverName: string
  readonly database: { readonly name: string; readonly args: Section }
  readonly passwordEnabled: boolean
  readonly localDatabaseEnabled: boolean
  readonly pepper?: string
  readonly allowGuestAccess: boolean
  readonly enableRegistration: boolean
  readonly enableRegistrationCaptcha: boolean
  readonly enable3pidChanges: boolean
  readonly loginViaExistingSession: boolean
  readonly userConsent: boolean
  readonly cas: boolean
  readonly saml2: boolean
  readonly jwt: boolean
  /** By `auth_provider`, as Synapse stores it: `oidc-keycloak`. */
  readonly providers: ReadonlyMap<string, SynapseProvider>
}

/** Reads and merges the files; a file that is not there counts as empty. */
export function loadSynapseConfig(files: readonly string[]): SynapseConfig {
  try {
    const values = files.reduce<Mapping>(
      (merged, file) => mergeMappings(merged, readYaml(file), 'replace'),
      {},
    )
    return read(values, files.at(-1) ?? '')
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    throw new Failure('Failed to load Synapse configuration', [error.message])
  }
}

function read(values: Mapping, file: string): SynapseConfig {
  const root = new Section(values, '', '', file)
  if (!root.has('database')) throw new Failure('missing field `database`')
  const database = root.section('database')
  const password = root.section('password_config')
  const pepper = password.text('pepper')
  const enabled = (key: string) => root.section(key).flag('enabled', false)
  return {
    database: { name: database.requiredText('name'), args: database.section('args') },
    passwordEnabled: password.flag('enabled', true),
    localDatabaseEnabled: password.flag('localdb_enabled', true),
    ...(pepper === undefined ? {} : { pepper }),
    allowGuestAccess: root.flag('allow_guest_access', false),
    enableRegistration: root.flag('enable_registration', false),
    enableRegistrationCaptcha: root.flag('enable_registration_captcha', false),
    enable3pidChanges: root.flag('enable_3pid_changes', false),
    loginViaExistingSession: enabled('login_via_existing_session'),
    userConsent: root.has('user_consent'),
    cas: enabled('cas_config'),
    saml2: enabled('saml2_config'),
    jwt: enabled('jwt_config'),
    providers: synapseProviders(root, values.oidc_config),
    serverName: root.requiredText('server_name'),
  }
}

function synapseProviders(root: Section, legacy: unknown): Map<string, SynapseProvider> {
  const found = new Map<string, SynapseProvider>()
  const add = (id: string, values: Section) => {
    const issuer = values.text('issuer')
    found.set(id, issuer === undefined ? {} : { issuer })
  }
  if (isMapping(legacy)) {
    const values = root.section('oidc_config')
    if (values.has('issuer') && values.has('client_id')) add(values.text('idp_id') ?? 'oidc', values)
  }
  for (const values of root.list('oidc_providers')) {
    const id = values.text('idp_id') ?? 'oidc'
    add(id === 'oidc' ? id : `oidc-${id}`, values)
  }
  return found
}

/**
 * How to reach Synapse's database.
 * @throws Failure for another driver than psycopg2.
 */
export function synapseDatabase(config: SynapseConfig): ClientConfig {
  const invalid = 'Synapse database configuration is invalid, cannot migrate.'
  const { name, args } = config.database
  if (name !== 'psycopg2')
    throw new Failure(invalid, [`syn2mas does not support the ${name} database driver`])
  const [database, dbname] = [args.text('database'), args.text('dbname')]
  if (database !== undefined && dbname !== undefined) {
    throw new Failure(invalid, ['only one of `database` and `dbname` may be given for the Synapse database'])
  }
  const user = args.text('user') ?? process.env.PGUSER ?? userInfo().username
  const password = args.text('password')
  return {
    host: args.text('host') ?? process.env.PGHOST ?? '/var/run/postgresql',
    port: args.number('port') ?? Number(process.env.PGPORT ?? 5432),
    user,
    database: database ?? dbname ?? process.env.PGDATABASE ?? user,
    application_name: 'syn2mas-synapse',
    ...(password === undefined ? {} : { password }),
  }
}
