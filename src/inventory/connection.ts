import { ToolkitError } from '../support/errors.ts'
import type { Host, Variable } from './inventory.ts'
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
  /** Ansible connects with OpenSSH. */
  readonly ssh: boolean
}

/** Ansible uses the last name in its plugin's list that has a value: the older one. So the older one comes first here. */
const names = {
  address: ['ansible_ssh_host', 'ansible_host'],
  port: ['ansible_ssh_port', 'ansible_port'],
  user: ['ansible_ssh_user', 'ansible_user'],
  become: ['ansible_become'],
  becomeUser: ['ansible_become_user'],
  connection: ['ansible_connection'],
} as const

/** @throws ToolkitError `inventory-unreadable` if a value is Jinja, in a vault or of the wrong type. */
export function connectionOf(host: Host): Connection {
  const find = (aliases: readonly string[]): Variable | undefined =>
    aliases.map(name => host.variable(name)).find(({ value }) => value !== undefined && value.kind !== 'null')
  const text = (aliases: readonly string[], fallback: string): string => {
    const variable = find(aliases)
    return variable ? plainText(variable) : fallback
  }
  const user = text(names.user, 'root')
  const become = find(names.become)
  return {
    inventoryName: host.name,
    address: addressOf(text(names.address, host.name), find(names.address)),
    port: portOf(find(names.port)),
    user,
    become: become ? switchOf(become) : false,
    becomeUser: text(names.becomeUser, 'root'),
    ssh: /^(?:ansible\.builtin\.|ansible\.legacy\.)?(?:ssh|smart)$/.test(text(names.connection, 'ssh')),
  }
}

function plainText(variable: Variable): string {
  const { value } = variable
  if (value?.kind === 'string' && value.value !== '') return value.value
  if (value?.kind === 'integer') return String(value.value)
  throw unusable(variable, value, 'plain text')
}

/** Ansible passes the address to ssh without `--` before it: `-oProxyCommand=…` would be an option. */
function addressOf(address: string, variable: Variable | undefined): string {
  if (/^[\w.:][\w.:%-]*$/.test(address)) return address
  throw unusable(variable ?? { name: 'ansible_host' }, variable?.value, 'a host name or an IP address')
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

function unusable(
  variable: Pick<Variable, 'name'>,
  value: Value | undefined,
  expected: string,
): ToolkitError {
  const place = value?.place
  return new ToolkitError({
    reason: 'inventory-unreadable',
    what: `The variable ${variable.name} is not ${expected}, so the server's SSH connection is unknown.`,
    ...(place && { where: `${place.file}:${place.line}:${place.column}` }),
    remedy: `Set ${variable.name} to ${expected}, without Jinja and outside a vault.`,
  })
}
