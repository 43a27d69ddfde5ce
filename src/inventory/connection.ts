import type { Place } from '../domain/finding.ts'
import { ToolkitError } from '../support/errors.ts'
import type { Host, Variable } from './inventory.ts'
import { joinedArguments, readSshArguments, type SshArgumentVariable } from './ssh-arguments.ts'
import { truthOf, type Value } from './value.ts'

/** How Ansible connects to a host according to the inventory. */
export interface Connection {
  readonly inventoryName: string
  readonly address: string
  readonly port: number
  readonly user: string
  /** Whether commands run as `becomeUser`. */
  readonly become: boolean
  readonly becomeUser: string
  /** `ansible_connection=local`: no SSH. */
  readonly local: boolean
  readonly sshArguments: SshArgumentTexts
}

/** Harmless arguments by variable, quoted anew; empty if the inventory has none. */
export type SshArgumentTexts = Readonly<Record<Exclude<SshArgumentVariable, 'ansible_ssh_args'>, string>>

/**
 * Ansible's ssh plugin uses the last name that is set, so `ansible_ssh_host` wins over `ansible_host` (`_loop_entries` in
 * `config/manager.py` of ansible-core). A variable that is null is not set.
 */
export const connectionVariables = {
  address: ['ansible_host', 'ansible_ssh_host'],
  port: ['ansible_port', 'ansible_ssh_port'],
  user: ['ansible_user', 'ansible_ssh_user'],
  become: ['ansible_become'],
  becomeUser: ['ansible_become_user'],
  connection: ['ansible_connection'],
} as const

/** The one of these names that Ansible uses; `undefined` if none is set in a file that can be read. */
export function connectionVariable(host: Host, names: readonly string[]): Variable | undefined {
  return names
    .map(name => host.variable(name))
    .findLast(({ value }) => value !== undefined && value.kind !== 'null')
}

/** Whether Ansible connects with OpenSSH: only then do the pinned host keys apply. */
export function isOpenSsh(connection: string): boolean {
  return /^(?:(?:ansible\.(?:builtin|legacy)\.)?ssh|smart)$/.test(connection)
}

/**
 * @throws ToolkitError `inventory-unreadable` if a value is Jinja, in a vault or of the wrong type; `input-invalid` if Ansible
 *   would use neither OpenSSH nor `local`, or would pass it an option that is not harmless.
 */
export function connectionOf(host: Host): Connection {
  const find = (aliases: readonly string[]) => connectionVariable(host, aliases)
  const text = (aliases: readonly string[], fallback: string): string => {
    const variable = find(aliases)
    return variable ? plainText(variable) : fallback
  }
  const names = connectionVariables
  const address = find(names.address)
  const user = find(names.user)
  const become = find(names.become)
  const connection = text(names.connection, 'ssh')
  if (connection !== 'local' && !isOpenSsh(connection)) throw notOpenSsh(host)
  return {
    inventoryName: host.name,
    address: address ? matching(address, addresses, 'an address') : host.name,
    port: portOf(find(names.port)),
    user: user ? matching(user, /^\w[\w.@+-]*$/, 'a user name') : 'root',
    become: become ? switchOf(become) : false,
    becomeUser: text(names.becomeUser, 'root'),
    local: connection === 'local',
    sshArguments: {
      ansible_ssh_common_args: argumentsOf(host, 'ansible_ssh_common_args'),
      ansible_ssh_extra_args: argumentsOf(host, 'ansible_ssh_extra_args'),
      ansible_sftp_extra_args: argumentsOf(host, 'ansible_sftp_extra_args'),
      ansible_scp_extra_args: argumentsOf(host, 'ansible_scp_extra_args'),
    },
  }
}

/** ssh reads an address that starts with `-` as an option, and one with `@` or `/` as more than an address. */
const addresses = /^[\p{L}\p{N}_:[][\p{L}\p{N}_.:%[\]-]*$/u

function notOpenSsh(host: Host): ToolkitError {
  return refused(
    `The variable ansible_connection of ${host.name} is not ssh, so the pinned host keys would not apply.`,
    host.variable('ansible_connection').value?.place,
    'Set ansible_host and ansible_user, and remove ansible_connection.',
  )
}

/** Each of these arguments follows the run's own ones, so it can only add options. */
function argumentsOf(host: Host, name: SshArgumentVariable): string {
  const variable = host.variable(name)
  const { value } = variable
  if (value === undefined || value.kind === 'null') return ''
  const read = value.kind === 'string' ? readSshArguments(name, value.value) : undefined
  if (!read) throw unusable(variable, value, 'plain text with closed quotes')
  const [danger] = read.dangers
  if (danger) {
    throw refused(
      `The variable ${name} sets ${danger.option ?? 'what is not an option of OpenSSH'}, which is not among the harmless options of ssh.`,
      value.place,
      `Remove it from ${name}. Set the address, the port and the user with ansible_host, ansible_port and ansible_user.`,
    )
  }
  return joinedArguments(read)
}

function plainText(variable: Variable): string {
  const { value } = variable
  if (value?.kind === 'string' && value.value !== '') return value.value
  if (value?.kind === 'integer') return String(value.value)
  throw unusable(variable, value, 'plain text')
}

function matching(variable: Variable, pattern: RegExp, expected: string): string {
  const text = plainText(variable)
  if (!pattern.test(text)) throw unusable(variable, variable.value, expected)
  return text
}

function portOf(variable: Variable | undefined): number {
  if (!variable) return 22
  const port = Number(plainText(variable))
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw unusable(variable, variable.value, 'a port number')
  return port
}

function switchOf(variable: Variable): boolean {
  const { value } = variable
  const truth = value && truthOf(value)
  if (typeof truth === 'boolean') return truth
  if (value?.kind === 'string' && /^(?:false|no|off|0)$/i.test(value.value)) return false
  throw unusable(variable, value, '`true` or `false`')
}

function unusable(variable: Variable, value: Value | undefined, expected: string): ToolkitError {
  return new ToolkitError({
    reason: 'inventory-unreadable',
    what: `The variable ${variable.name} is not ${expected}, so the server's SSH connection is unknown.`,
    ...at(value?.place),
    remedy: `Set ${variable.name} to ${expected}, without Jinja and outside a vault.`,
  })
}

function refused(what: string, place: Place | undefined, remedy: string): ToolkitError {
  return new ToolkitError({ reason: 'input-invalid', what, ...at(place), remedy })
}

function at(place: Place | undefined): { readonly where?: string } {
  return place ? { where: `${place.file}:${place.line}:${place.column}` } : {}
}
