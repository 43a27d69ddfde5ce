import { parseDocument } from 'yaml'
import type { Delegation } from '../domain/server-facts.ts'
import { isRecord, type JsonRecord, record, text } from '../support/json.ts'

/** The database of Synapse or MAS, as its configuration file names it. */
export interface DatabaseName {
  readonly database: string | undefined
  readonly role: string | undefined
  /** A host, or the folder of a socket in the container. */
  readonly host: string | undefined
  readonly port: string | undefined
}

export interface Databases {
  readonly synapse: DatabaseName
  readonly mas: DatabaseName
}

/** The mapping in a YAML file; undefined where there is none. The parser's message is dropped, because it shows lines with secrets. */
export function readYamlObject(text: string | undefined): JsonRecord | undefined {
  if (text === undefined) return undefined
  const document = parseDocument(text, { logLevel: 'silent', schema: 'yaml-1.1' })
  if (document.errors.length > 0) return undefined
  const value: unknown = document.toJS()
  return isRecord(value) ? value : undefined
}

/** How `homeserver.yaml` delegates: MSC3861 (the 2024 playbook) or `matrix_authentication_service` (today's). */
export function delegationOf(homeserver: JsonRecord | undefined): Delegation {
  if (homeserver === undefined) return 'unreadable'
  const mas = record(homeserver.matrix_authentication_service)
  if (mas.enabled === true) return 'mas'
  const msc3861 = record(record(homeserver.experimental_features).msc3861)
  return msc3861.enabled === true ? 'msc3861' : 'no'
}

/** Whether Synapse's built-in login accepts passwords: `password_config.enabled`, true by default. */
export function takesPasswords(homeserver: JsonRecord): boolean {
  const { enabled } = record(homeserver.password_config)
  return enabled === undefined || enabled === true
}

/**
 * Synapse: `database.args`. MAS: a URI, or separate `username` and `database` (crates/config/src/sections/database.rs).
 */
export function databasesOf(homeserver: JsonRecord | undefined, mas: JsonRecord | undefined): Databases {
  const args = record(record(homeserver?.database).args)
  return {
    synapse: {
      database: nonEmpty(args.database) ?? nonEmpty(args.dbname),
      role: nonEmpty(args.user),
      host: nonEmpty(args.host),
      port: portOf(args.port),
    },
    mas: masDatabase(record(mas?.database)),
  }
}

function masDatabase(section: JsonRecord): DatabaseName {
  const uri = nonEmpty(section.uri)
  if (uri === undefined || !URL.canParse(uri)) {
    const { database, username, host, port } = section
    return {
      database: nonEmpty(database),
      role: nonEmpty(username),
      host: nonEmpty(host),
      port: portOf(port),
    }
  }
  const { pathname, username, hostname, port, searchParams } = new URL(uri)
  const decoded = (text: string) => nonEmpty(decodeURIComponent(text))
  return {
    database: decoded(pathname.replace(/^\//, '')),
    role: decoded(username),
    host: nonEmpty(searchParams.get('host')) ?? decoded(hostname),
    port: nonEmpty(searchParams.get('port')) ?? nonEmpty(port),
  }
}

function portOf(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : nonEmpty(value)
}

/** The path of MAS's `http.public_base`, without a trailing slash. */
export function masPathPrefix(mas: JsonRecord): string {
  const base = nonEmpty(record(mas.http).public_base)
  return base !== undefined && URL.canParse(base) ? new URL(base).pathname.replace(/\/+$/, '') : ''
}

/** Names of keys with secret values. Keys such as `…_path` and `…_file` only name a location. */
const secretName =
  /(secret|password|passwd|token|pepper|private_key|encryption|credential|api_?key|^key$|^uri$)(?!.*(path|file|uri|endpoint|method|alg|lifetime|scheme|enabled))/i

/** The secrets in a configuration file, for a masker: values of keys that name a secret, passwords in URIs, and PEM blocks. */
export function secretsIn(configuration: JsonRecord | undefined): string[] {
  const walk = (value: unknown, name: string): string[] => {
    if (typeof value === 'string') {
      const isSecret = secretName.test(name) || value.includes('PRIVATE KEY-----')
      return [...(isSecret ? [value.trim()] : []), ...passwordsInUris(value)]
    }
    if (Array.isArray(value)) return value.flatMap(item => walk(item, name))
    return isRecord(value) ? Object.entries(value).flatMap(([key, inner]) => walk(inner, key)) : []
  }
  return walk(configuration, '')
}

function passwordsInUris(value: string): string[] {
  return [...value.matchAll(/\b[a-z][a-z+.-]*:\/\/[^\s/:@]*:([^\s@/]+)@/gi)].flatMap(([, password]) => {
    if (password === undefined) return []
    try {
      return [password, decodeURIComponent(password)]
    } catch {
      return [password]
    }
  })
}

/** A text that is not empty. */
export function nonEmpty(value: unknown): string | undefined {
  return text(value) || undefined
}
