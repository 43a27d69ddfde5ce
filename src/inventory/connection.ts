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
  /** `ansible_connection=local`: no SSH. */
  readonly local: boolean
}

/** Ansible's ssh plugin uses the first one that is set. */
const names = {
  address: ['ansible_host', 'ansible_ssh_host'],
  port: ['ansible_port', 'ansible_ssh_port'],
  user: ['ansible_user', 'ansible_ssh_user'],
  become: ['ansible_become'],
  becomeUser: ['ansible_become_user'],
  connection: ['ansible_connection'],
} as const

/** @throws ToolkitError `inventory-unreadable` if a value is Jinja, in a vault or of the wrong type. */
export function connectionOf(host: Host): Connection {
  const find = (aliases: readonly string[]): Variable | undefined =>
    aliases.map(name => host.variable(name)).find(variable => variable.value !== undefined)
  const text = (aliases: readonly string[], fallback: string): string => {
    const variable = find(aliases)
    return variable ? plainText(variable) : fallback
  }
  const user = text(names.user, 'root')
  const become = find(names.become)
  return {
    inventoryName: host.name,
    address: text(names.address, host.name),
    port: portOf(find(names.port)),
    user,
    become: become ? switchOf(become) : false,
    becomeUser: text(names.becomeUser, 'root'),
    local: text(names.connection, 'ssh') === 'local',
  }
}

function plainText(variable: Variable): string {
  const { value } = variable
  if (value?.kind === 'string' && value.value !== '') return value.value
  if (value?.kind === 'integer') return String(value.value)
  throw unusable(variable, value, 'plain text')
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
  const place = value?.place
  return new ToolkitError({
    reason: 'inventory-unreadable',
    what: `The variable ${variable.name} is not ${expected}, so the server's SSH connection is unknown.`,
    ...(place && { where: `${place.file}:${place.line}:${place.column}` }),
    remedy: `Set ${variable.name} to ${expected}, without Jinja and outside a vault.`,
  })
}
