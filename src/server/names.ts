import type { ServerFacts } from '../domain/server-facts.ts'
import { ToolkitError } from '../support/errors.ts'
import { type JsonRecord, record } from '../support/json.ts'
import { databasesOf, masPathPrefix, nonEmpty, readYamlObject, secretsIn } from './configuration.ts'
import type { ServerSession } from './session.ts'

export const homeserverYaml = '/matrix/synapse/config/homeserver.yaml'
export const masConfigYaml = '/matrix/matrix-authentication-service/config/config.yaml'

/** The playbook's names of units, and of their containers. */
export const synapseUnit = 'matrix-synapse'
export const masUnit = 'matrix-authentication-service'
export const postgresUnit = 'matrix-postgres'
/** In front of Synapse's workers. */
export const companion = 'matrix-synapse-reverse-proxy-companion'

/** From inside Synapse's container. */
export const synapseUrl = 'http://localhost:8008'

/** Names and URLs that differ from server to server. None of them is secret. */
export interface ServerNames {
  readonly workerUnits: readonly string[]
  readonly synapseDatabase: string
  readonly synapseRole: string
  readonly masDatabase: string
  readonly masRole: string
  /** The part of a user id after the `:`. */
  readonly serverName: string
  /** The URL that clients use, from inside Synapse's container: the reverse-proxy companion where there are workers. */
  readonly clientUrl: string
  /** The origin that users reach, from `public_baseurl`, such as `https://matrix.example.com`. */
  readonly publicUrl: string
  /** The URL of MAS from inside Synapse's container, with its path prefix and without a trailing slash. */
  readonly masUrl: string
  /** MAS's `http.public_base` without a trailing slash, such as `https://matrix.example.com/auth`. */
  readonly masPublicUrl: string
}

/** The two configuration files; each undefined where it is missing, or no YAML mapping. */
export interface Configuration {
  readonly homeserver: JsonRecord | undefined
  readonly mas: JsonRecord | undefined
}

export async function readConfiguration(session: Pick<ServerSession, 'readFile'>): Promise<Configuration> {
  const [homeserver, mas] = await Promise.all(
    [homeserverYaml, masConfigYaml].map(async path => readYamlObject(await session.readFile(path))),
  )
  return { homeserver, mas }
}

/** What creates accounts in Synapse. */
export interface Registration {
  /** Synapse's `registration_shared_secret`; absent where it is not set. Never logged, never on a command line. */
  readonly registrationSecret?: string
}

export interface NamesAndSecret extends Registration {
  readonly names: ServerNames
}

/**
 * The same, also on a server without MAS.
 * @throws ToolkitError `server-state-unreadable` where Synapse has no usable configuration.
 */
export async function readRegistration(
  session: Pick<ServerSession, 'readFile'>,
): Promise<Registration & Pick<ServerNames, 'serverName'>> {
  const { homeserver } = await readConfiguration(session)
  if (homeserver === undefined) throw unreadable(homeserverYaml, noMapping)
  return { serverName: serverNameIn(homeserver), ...registrationIn(homeserver) }
}

/**
 * Reads them from the server's two configuration files.
 * @throws ToolkitError `server-state-unreadable` where a value is missing or unusable.
 */
export async function readNames(session: ServerSession, facts: ServerFacts): Promise<NamesAndSecret> {
  const { homeserver: synapse, mas } = await readConfiguration(session)
  if (synapse === undefined) throw unreadable(homeserverYaml, noMapping)
  if (mas === undefined) throw unreadable(masConfigYaml, noMapping)
  const databases = databasesOf(synapse, mas)
  const workerUnits = facts.synapse.workers.filter(worker => worker.exists).map(worker => worker.name)
  const serverName = serverNameIn(synapse)
  const names: ServerNames = {
    workerUnits,
    synapseDatabase: word(databases.synapse.database, 'database.args.database', homeserverYaml),
    synapseRole: word(databases.synapse.role, 'database.args.user', homeserverYaml),
    masDatabase: word(databases.mas.database, 'database', masConfigYaml),
    masRole: word(databases.mas.role, 'database role', masConfigYaml),
    serverName,
    clientUrl: workerUnits.length > 0 ? `http://${companion}:8008` : synapseUrl,
    publicUrl: originOf(synapse.public_baseurl) ?? `https://${serverName}`,
    masUrl: `http://${masUnit}:8080${masPathPrefix(mas)}`,
    masPublicUrl: required(record(mas.http).public_base, 'http.public_base', masConfigYaml).replace(
      /\/+$/,
      '',
    ),
  }
  return { names, ...registrationIn(synapse) }
}

const noMapping = 'is missing, or is not a YAML mapping'

function serverNameIn(homeserver: JsonRecord): string {
  return required(homeserver.server_name, 'server_name', homeserverYaml)
}

function registrationIn(homeserver: JsonRecord): Registration {
  const registrationSecret = nonEmpty(homeserver.registration_shared_secret)
  return registrationSecret === undefined ? {} : { registrationSecret }
}

/**
 * Where the workers that serve clients listen, from inside Synapse's container: by the configuration of each worker
 * (roles/custom/matrix-synapse/templates/synapse/worker.yaml.j2). Its container has the name of its unit.
 */
export async function workerUrls(
  session: ServerSession,
  units: readonly string[],
): Promise<readonly string[]> {
  const urls: string[] = []
  // One after the other: an SSH server allows few sessions at once, and a server can have many workers.
  for (const unit of units) {
    const content = await session.readFile(`/matrix/synapse/config/worker.${unit}.yaml`)
    urls.push(...clientPorts(content).map(port => `http://${unit}:${port}`))
  }
  return urls
}

function clientPorts(configuration: string | undefined): readonly number[] {
  const { worker_listeners: listeners } = readYamlObject(configuration) ?? {}
  if (!Array.isArray(listeners)) return []
  return listeners.map(record).flatMap(({ port, resources }) => {
    const served = Array.isArray(resources) ? resources.flatMap(each => record(each).names) : []
    return typeof port === 'number' && served.includes('client') ? [port] : []
  })
}

/** All secrets in the server's two configuration files, for the masker. They stay in memory and are never printed. */
export async function serverSecrets(session: ServerSession): Promise<string[]> {
  const { homeserver, mas } = await readConfiguration(session)
  return [homeserver, mas].flatMap(secretsIn)
}

function required(value: unknown, what: string, path: string): string {
  const found = nonEmpty(value)
  if (found === undefined) throw unreadable(path, `has no ${what}`)
  return found
}

function originOf(url: unknown): string | undefined {
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).origin : undefined
}

/** Names are used in SQL, so no character may need quoting there. */
function word(value: unknown, what: string, path: string): string {
  const name = required(value, what, path)
  if (!/^[A-Za-z0-9][A-Za-z0-9_.@-]*$/.test(name))
    throw unreadable(path, `has a ${what} with unsupported characters`)
  return name
}

function unreadable(path: string, problem: string): ToolkitError {
  return new ToolkitError({
    reason: 'server-state-unreadable',
    what: `The file ${path} ${problem}.`,
    where: path,
    remedy: 'Deploy Synapse and MAS with the playbook, then run this again.',
  })
}
