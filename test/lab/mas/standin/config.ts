import { readFileSync } from 'node:fs'
import process from 'node:process'
import { Failure } from './failure.ts'
import { isUlid } from './ulid.ts'
import { isMapping, type Mapping, mergeMappings, readYaml, Section } from './yaml-values.ts'

/** MAS's configuration as read, before any section of it is looked at: each command needs other sections. */
export interface RootConfig {
  readonly values: Mapping
  /** The file named in messages. */
  readonly file: string
}

/** `-c` (repeatable), else `MAS_CONFIG` (split at `:`), else `config.yaml` in the working folder. */
export function loadConfig(files: readonly string[]): RootConfig {
  const paths = files.length > 0 ? files : (process.env.MAS_CONFIG ?? 'config.yaml').split(':')
  const values = paths.reduce<Mapping>((merged, file) => mergeMappings(merged, readYaml(file), 'join'), {})
  return { values, file: paths.at(-1) ?? 'config.yaml' }
}

function section(root: RootConfig, name: string): Section {
  const value = root.values[name]
  return new Section(isMapping(value) ? value : {}, '', name, root.file)
}

/** The text itself, or what is in the file that `key_file` names. */
function secretText(values: Section, key: string): string | undefined {
  const file = values.text(`${key}_file`)
  if (file === undefined) return values.text(key)
  return readFileSync(file, 'utf8').trim()
}

export interface DatabaseConfig {
  readonly uri?: string
  readonly host?: string
  readonly port?: number
  readonly username?: string
  readonly password?: string
  readonly database?: string
}

export function databaseConfig(root: RootConfig): DatabaseConfig {
  const values = section(root, 'database')
  const port = values.number('port')
  const texts = {
    uri: values.text('uri'),
    host: values.text('socket') ?? values.text('host'),
    username: values.text('username'),
    password: secretText(values, 'password'),
    database: values.text('database'),
  }
  const present = Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== undefined))
  return port === undefined ? present : { ...present, port }
}

export interface MatrixConfig {
  readonly homeserver: string
  /** With a slash at the end. */
  readonly endpoint: string
  readonly secret: string
}

export function matrixConfig(root: RootConfig): MatrixConfig {
  if (!isMapping(root.values.matrix)) throw new Failure('missing field `matrix`')
  const values = section(root, 'matrix')
  const secret = secretText(values, 'secret')
  if (secret === undefined) throw new Failure('missing field `secret`')
  const endpoint = values.text('endpoint') ?? 'http://localhost:8008/'
  return {
    homeserver: values.text('homeserver') ?? 'localhost:8008',
    endpoint: new URL(endpoint).href,
    secret,
  }
}

const algorithms = ['bcrypt', 'argon2id', 'pbkdf2'] as const
type Algorithm = (typeof algorithms)[number]

export interface PasswordScheme {
  readonly version: number
  readonly algorithm: Algorithm
  readonly cost?: number
  /** The pepper. Absent is not the same as empty. */
  readonly secret?: string
  readonly unicodeNormalization: boolean
}

export interface PasswordsConfig {
  readonly enabled: boolean
  readonly schemes: readonly PasswordScheme[]
  readonly minimumComplexity: number
}

export function passwordsConfig(root: RootConfig): PasswordsConfig {
  const values = section(root, 'passwords')
  const schemes: PasswordScheme[] = values.has('schemes')
    ? values.list('schemes').map(passwordScheme)
    : [{ version: 1, algorithm: 'argon2id', unicodeNormalization: false }]
  return {
    enabled: values.flag('enabled', true),
    schemes: schemes.toSorted((a, b) => b.version - a.version),
    minimumComplexity: values.number('minimum_complexity') ?? 3,
  }
}

function passwordScheme(values: Section): PasswordScheme {
  const name = values.requiredText('algorithm')
  const algorithm = algorithms.find(known => known === name)
  if (algorithm === undefined) {
    const expected = 'expected `one of `bcrypt`, `argon2id`, `pbkdf2``'
    throw new Failure(values.keyed(`unknown variant: found \`${name}\`, ${expected}`, 'algorithm'))
  }
  const cost = values.number('cost')
  const secret = secretText(values, 'secret')
  return {
    version: values.number('version') ?? 1,
    algorithm,
    unicodeNormalization: values.flag('unicode_normalization', false),
    ...(cost === undefined ? {} : { cost }),
    ...(secret === undefined ? {} : { secret }),
  }
}

export interface ProviderConfig {
  /** A ULID. */
  readonly id: string
  readonly enabled: boolean
  readonly synapseIdpId?: string
  /** The rest as written, for the columns of `upstream_oauth_providers`. */
  readonly values: Section
}

const clientAuthMethods = [
  'none',
  'client_secret_basic',
  'client_secret_post',
  'client_secret_jwt',
  'private_key_jwt',
]
const providerAuthMethods = [...clientAuthMethods, 'sign_in_with_apple']

export function providersConfig(root: RootConfig): ProviderConfig[] {
  return section(root, 'upstream_oauth2').list('providers').map(provider)
}

function provider(values: Section): ProviderConfig {
  const id = ulid(values, 'id')
  values.requiredText('client_id')
  oneOf(values, 'token_endpoint_auth_method', providerAuthMethods)
  const synapseIdpId = values.text('synapse_idp_id')
  const enabled = values.flag('enabled', true)
  return { id, enabled, values, ...(synapseIdpId === undefined ? {} : { synapseIdpId }) }
}

function ulid(values: Section, key: string): string {
  const text = values.requiredText(key)
  if (text.length !== 26) throw new Failure(values.keyed('invalid length', key))
  if (!isUlid(text)) throw new Failure(values.keyed('invalid character', key))
  return text
}

function oneOf(values: Section, key: string, allowed: readonly string[]): string {
  const text = values.requiredText(key)
  if (allowed.includes(text)) return text
  const expected = allowed.map(name => `\`${name}\``).join(', ')
  throw new Failure(values.keyed(`unknown variant: found \`${text}\`, expected \`one of ${expected}\``, key))
}

export interface ClientConfig {
  readonly id: string
  readonly authMethod: string
  readonly secret?: string
  readonly redirectUris: readonly string[]
}

export function clientsConfig(root: RootConfig): ClientConfig[] {
  const list = new Section({ clients: root.values.clients }, '', 'clients', root.file).list('clients')
  return list.map(values => {
    const secret = secretText(values, 'client_secret')
    const uris = values.raw('redirect_uris')
    return {
      id: ulid(values, 'client_id'),
      authMethod: oneOf(values, 'client_auth_method', clientAuthMethods),
      redirectUris: Array.isArray(uris) ? uris.filter(uri => typeof uri === 'string') : [],
      ...(secret === undefined ? {} : { secret }),
    }
  })
}

/** `secrets` must be there, with 64 hex digits: all that the stand-in needs of them besides the public keys. */
export function checkSecrets(root: RootConfig): Section {
  if (!isMapping(root.values.secrets)) throw new Failure('missing field `secrets`')
  const values = section(root, 'secrets')
  const encryption = secretText(values, 'encryption')
  if (encryption === undefined) throw new Failure('missing field `encryption`')
  if (!/^[0-9a-f]{64}$/i.test(encryption)) {
    const complaint = encryption.length % 2 === 1 ? 'Odd number of digits' : 'Invalid string length'
    throw new Failure(values.keyed(complaint, 'encryption'))
  }
  return values
}

/** Whether `captcha.service` and `branding.tos_uri` are set: two of syn2mas's warnings ask. */
export function hasCaptcha(root: RootConfig): boolean {
  return section(root, 'captcha').has('service')
}

export function hasTerms(root: RootConfig): boolean {
  return section(root, 'branding').has('tos_uri')
}
