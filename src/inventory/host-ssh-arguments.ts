import {
  ownSshKeywords,
  type SshArguments,
  type SshArgumentVariable,
  sshArgumentNames,
} from '../domain/ssh.ts'
import { ToolkitError } from '../support/errors.ts'
import type { Host, Variable } from './inventory.ts'
import { sshRisks } from './ssh-arguments.ts'

const overridden = new Set(ownSshKeywords('').map(([keyword]) => keyword))

/**
 * The arguments of ssh, sftp and scp that a host has in the inventory. `ansible_ssh_args` is replaced by ours.
 * @throws ToolkitError `input-invalid` if an argument is not known to be harmless and does not come too late to have an
 *   effect, or if the arguments are not plain text.
 */
export function sshArgumentsOf(host: Host): SshArguments {
  const found = sshArgumentNames
    .filter(name => name !== 'ansible_ssh_args')
    .map(name => [name, harmlessText(host.variable(name), name)] as const)
  return Object.fromEntries(found.filter(([, text]) => text !== ''))
}

function harmlessText(variable: Variable, name: SshArgumentVariable): string {
  const { value } = variable
  if (!value || value.kind === 'null') return ''
  if (value.kind !== 'string') {
    throw refused(variable, 'is not plain text, so its options of ssh cannot be checked')
  }
  const [risk] = sshRisks(name, value.value).filter(
    ({ option }) => option === undefined || !overridden.has(option),
  )
  if (!risk) return value.value
  throw refused(
    variable,
    risk.option === undefined
      ? 'has an option of ssh that is not known to be harmless'
      : `sets ${risk.option}, which could undo the pinned host keys or use the SSH key`,
  )
}

function refused({ name, value }: Variable, clause: string): ToolkitError {
  const place = value?.place
  return new ToolkitError({
    reason: 'input-invalid',
    what: `The variable ${name} ${clause}.`,
    ...(place && { where: `${place.file}:${place.line}:${place.column}` }),
    remedy: `Set ${name} to plain text with harmless options only, such as ProxyJump, or remove it. Set the server with ansible_host, ansible_port and ansible_user.`,
  })
}
