import {
  delegationVariable,
  domainVariable,
  elementVariable,
  synapseExtension,
  synapsePasswordsVariable,
  wellKnownVariable,
} from '../../domain/variables.ts'
import { elementExtension, extensionVariable, wellKnownExtension } from './extensions.ts'
import { captchaVariable, registrationVariable } from './variables.ts'

/** A way to set a variable's setting without the variable: a path in an extension, which the role merges last. */
export interface Door {
  readonly extension: string
  readonly path: readonly string[]
  /** The setting is on if the path exists, with any value. */
  readonly isPresence?: true
  /** The setting is another one with the same effect: off, it decides nothing. */
  readonly isOther?: true
}

const synapse = (...path: readonly string[]): readonly Door[] => [{ extension: synapseExtension, path }]

/** `templates/synapse/homeserver.yaml.j2` of the playbook's role. */
const homeserver: Readonly<Record<string, readonly Door[]>> = {
  [domainVariable]: synapse('server_name'),
  [synapsePasswordsVariable]: synapse('password_config', 'enabled'),
  matrix_synapse_password_config_localdb_enabled: synapse('password_config', 'localdb_enabled'),
  matrix_synapse_password_config_pepper: synapse('password_config', 'pepper'),
  [registrationVariable]: synapse('enable_registration'),
  [captchaVariable]: synapse('enable_registration_captcha'),
  matrix_synapse_registration_requires_token: synapse('registration_requires_token'),
  matrix_synapse_registrations_require_3pid: synapse('registrations_require_3pid'),
  matrix_synapse_allowed_local_3pids: synapse('allowed_local_3pids'),
  matrix_synapse_allow_guest_access: synapse('allow_guest_access'),
  matrix_synapse_cas_config_enabled: synapse('cas_config', 'enabled'),
  matrix_synapse_modules: synapse('modules'),
  matrix_synapse_experimental_features_msc4108_enabled: synapse('experimental_features', 'msc4108_enabled'),
  [delegationVariable]: [
    ...synapse('matrix_authentication_service', 'enabled'),
    { extension: synapseExtension, path: ['experimental_features', 'msc3861', 'enabled'], isOther: true },
  ],
  matrix_synapse_matrix_authentication_service_endpoint: synapse('matrix_authentication_service', 'endpoint'),
  matrix_synapse_matrix_authentication_service_secret: synapse('matrix_authentication_service', 'secret'),
  matrix_synapse_database_host: synapse('database', 'args', 'host'),
  matrix_synapse_database_port: synapse('database', 'args', 'port'),
}

const config = 'matrix_authentication_service_config_'

/** Sections of MAS's `config.yaml` whose keys have a variable each (`templates/config.yaml.j2` of the playbook's role). */
const sections: Readonly<Record<string, readonly string[]>> = {
  email: ['from', 'reply_to', 'transport', 'mode', 'hostname', 'port', 'username', 'password'],
  secrets: ['encryption', 'keys'],
  passwords: ['enabled', 'schemes', 'minimum_complexity'],
  matrix: ['homeserver', 'secret', 'endpoint'],
  account: [
    'email_change_allowed',
    'displayname_change_allowed',
    'password_registration_enabled',
    'password_registration_email_required',
    'password_change_allowed',
    'password_recovery_enabled',
    'account_deactivation_allowed',
    'login_with_email_allowed',
    'registration_token_required',
  ],
  captcha: ['service', 'site_key', 'secret_key'],
  database: [
    'host',
    'port',
    'username',
    'password',
    'database',
    'ssl_mode',
    'max_connections',
    'min_connections',
    'connect_timeout',
    'idle_timeout',
    'max_lifetime',
  ],
  http: ['public_base', 'issuer', 'trusted_proxies'],
  upstream_oauth2: ['providers'],
}

const ofMas = Object.entries(sections).flatMap(([section, keys]) =>
  keys.map((key): [string, readonly string[]] => [`${config}${section}_${key}`, [section, key]]),
)

/** The paths in MAS's `config.yaml` that have their own variable. Two have one that is named otherwise. */
export const masPaths: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...ofMas,
  [`${config}http_listener_web_resources_custom`, ['http', 'listeners']],
  [`${config}clients_custom`, ['clients']],
])

const known: ReadonlyMap<string, readonly Door[]> = new Map<string, readonly Door[]>([
  ...Object.entries(homeserver),
  ...ofMas.map(([name, path]): [string, readonly Door[]] => [name, [{ extension: extensionVariable, path }]]),
  [elementVariable, [{ extension: elementExtension, path: ['features', 'feature_oidc_native_flow'] }]],
  [
    wellKnownVariable,
    [{ extension: wellKnownExtension, path: ['org.matrix.msc2965.authentication'], isPresence: true }],
  ],
])

/** Switches of the encryption of one bridge or bot, in both playbook versions, with the service's name as the first group. */
export const encryptionSwitch =
  /^(matrix_\w+?)(?:_bridge|_config)?_encryption_(allow|default|require|enabled?|appservice)$/
/** The variable with the extension of one bridge or bot. */
export const serviceExtension = /^(matrix_\w+)_configuration_extension_yaml$/

/** The doors past a variable. Each bridge and bot has its own extension. */
export function doorsOf(name: string): readonly Door[] {
  const doors = known.get(name)
  if (doors) return doors
  const [, service, key] = (name.includes('_encryption_') && encryptionSwitch.exec(name)) || []
  if (service === undefined || key === undefined) return []
  const extension = `${service}_configuration_extension_yaml`
  return [
    ['encryption', key],
    ['bridge', 'encryption', key],
  ].map(path => ({ extension, path }))
}
