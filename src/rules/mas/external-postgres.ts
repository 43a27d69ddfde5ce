import { synapseExtension } from '../../domain/variables.ts'
import { isOfPlaybook } from '../../inventory/definition.ts'
import type { Host } from '../../inventory/inventory.ts'
import { textAt } from '../../inventory/value.ts'
import { extendedAt, extensionVariable, inMas, inSynapse } from '../facts/extensions.ts'
import { ownText, plainText, subjectOf, switchAt } from '../facts/values.ts'
import { defineRule, type HostContext, live, off, prepared, type Violation, withEach } from '../kit/rule.ts'

/** The variables that decide which PostgreSQL a service uses (`group_vars/matrix_servers` of both playbook versions). */
interface Client {
  readonly name: string
  /** The switch of the service: `postgres_enabled` by default. */
  readonly usesManaged: string
  readonly host: string
  readonly port: string
  /** With a socket, the host is ignored; the folder on the server decides. */
  readonly socket: string
  readonly socketFolder: string
}

const client = (name: string, playbookName: string, database: string): Client => ({
  name,
  usesManaged: `matrix_playbook_${playbookName}_uses_managed_postgres`,
  host: `${database}_host`,
  port: `${database}_port`,
  socket: `${database}_socket_enabled`,
  socketFolder: `${database}_socket_path_host`,
})
const synapse = client('Synapse', 'synapse', 'matrix_synapse_database')
const mas = client('MAS', 'matrix_authentication_service', 'matrix_authentication_service_config_database')

const enabled = 'postgres_enabled'
const hostname = 'postgres_connection_hostname'
const managed = 'matrix-postgres'
const onSocket = `${synapse.socket}: true\n`

export const externalPostgres = defineRule({
  id: 'mas/external-postgres',
  severity: 'error',
  why: 'These actions cannot read or back up databases in a PostgreSQL server that the playbook does not manage. Actions that connect to the server, such as `migrate`, refuse to run.',
  remedy:
    'Move the databases of Synapse and MAS into the playbook-managed PostgreSQL first, or migrate by hand with the guide of the playbook.',
  examples: {
    wrong: [
      `${prepared}${enabled}: false`,
      `${live}${enabled}: no`,
      `${live}${hostname}: db.example.test`,
      ...[synapse, mas].flatMap(({ usesManaged, host, port, socketFolder }) => [
        `${prepared}${usesManaged}: false`,
        `${live}${host}: db.example.test`,
        `${prepared}${host}: localhost`,
        `${live}${port}: 5433`,
        `${live}${socketFolder}: /var/run/postgresql`,
      ]),
      prepared + inSynapse('database:', '  args:', '    host: db.example.test'),
      prepared + inSynapse('database:', '  name: sqlite3'),
      prepared + inMas('database:', '  host: 192.0.2.9'),
      prepared + inMas('database:', '  uri: postgresql://mas:invented@db.example.test/mas'),
    ],
    right: [
      prepared,
      ...withEach(live, enabled, 'true', '"{{ x }}"'),
      `${off}${enabled}: false`,
      `${live}${hostname}: ${managed}`,
      ...[synapse, mas].flatMap(({ usesManaged, host, port, socketFolder }) => [
        ...withEach(live, host, managed, '"{{ x }}"', '/run-postgres'),
        ...withEach(live, port, '5432', '"5432"', '"{{ x }}"'),
        `${live}${usesManaged}: true`,
        `${live}${socketFolder}: /matrix/postgres/run`,
      ]),
      `${live}${onSocket}${synapse.host}: db.example.test`,
      `${live}${synapse.host}: db.example.test\n${inSynapse('database:', '  args:', `    host: ${managed}`)}`,
      `${live}${hostname}: postgres\npostgres_identifier: postgres\n${synapse.host}: postgres`,
      prepared + inMas('database:', `  uri: postgresql://mas@${managed}/mas`),
      prepared + inSynapse('database:', '  args:', '    cp_max: 20'),
    ],
  },
  check: context => {
    const names = managedNames(context.host)
    return [
      ...switchOff(context.host, enabled, 'Synapse and MAS'),
      ...elsewhere(context.host, hostname, names, 'Synapse and MAS'),
      ...[synapse, mas].flatMap(each => ofClient(context.host, each, names)),
      ...outsideOfVariables(context, names),
    ]
  },
})

function managedNames(host: Host): readonly string[] {
  return [managed, plainText(host, 'postgres_identifier')?.text ?? managed]
}

function ofClient(host: Host, client: Client, names: readonly string[]): readonly Violation[] {
  const { name, usesManaged, port, socketFolder } = client
  const folder = ownText(host, socketFolder)
  const isForeignFolder = folder !== undefined && !/\/postgres\/run\/?$/.test(folder.text)
  const { value, definition } = host.variable(port)
  const number = value?.kind === 'integer' || value?.kind === 'string' ? String(value.value) : '5432'
  const isForeignPort = definition !== undefined && !isOfPlaybook(definition) && number !== '5432'
  return [
    ...switchOff(host, usesManaged, name),
    ...(switchAt(host, client.socket).state === 'on' ? [] : elsewhere(host, client.host, names, name)),
    ...(isForeignFolder ? [violation(host, socketFolder, name)] : []),
    ...(isForeignPort ? [violation(host, port, name)] : []),
  ]
}

function switchOff(host: Host, variable: string, user: string): readonly Violation[] {
  return switchAt(host, variable).state === 'off' ? [violation(host, variable, user)] : []
}

function elsewhere(
  host: Host,
  variable: string,
  names: readonly string[],
  user: string,
): readonly Violation[] {
  const chosen = ownText(host, variable)
  if (!chosen || chosen.text === '' || chosen.text.startsWith('/') || names.includes(chosen.text)) return []
  return [violation(host, variable, user)]
}

function violation(host: Host, name: string, user: string): Violation {
  const variable = host.variable(name)
  const message = `${subjectOf(variable)} makes ${user} use another PostgreSQL than the playbook's own`
  return { message, place: variable.value?.place }
}

/** Keys of the extensions that have no variable: another engine for Synapse, and a URI for MAS. */
function outsideOfVariables(context: HostContext, names: readonly string[]): readonly Violation[] {
  const engine = extendedAt(context, synapseExtension, ['database', 'name'])
  const isSqlite = textAt(engine?.value) === 'sqlite3'
  const uri = extendedAt(context, extensionVariable, ['database', 'uri'])
  const text = textAt(uri?.value) ?? ''
  const isForeign =
    URL.canParse(text) && !names.includes(new URL(text).hostname) && new URL(text).hostname !== ''
  return [
    ...(isSqlite ? [{ message: 'Synapse uses SQLite, not PostgreSQL', place: engine?.place }] : []),
    ...(isForeign
      ? [
          {
            message: `\`database.uri\` in \`${extensionVariable}\` makes MAS use another PostgreSQL than the playbook's own`,
            place: uri?.place,
          },
        ]
      : []),
  ]
}
