import type { Port } from '../port.ts'
import { type Ansible, installAnsible } from './ansible.ts'
import { installRoles } from './roles.ts'

export interface Wanted {
  /** Absolute path of the checkout. */
  readonly playbook: string
  readonly ansibleVersion?: string | undefined
  readonly roles: boolean
}

/**
 * Installs Ansible and, at the same time, the roles of the playbook. Adds Ansible to the PATH of later steps.
 * @throws ToolkitError of reason `checkout-unsupported`, `tool-missing` or `fetch-failed`.
 */
export async function installTools(
  { playbook, ansibleVersion, roles }: Wanted,
  environment: Readonly<Record<string, string | undefined>>,
  port: Pick<Port, 'log' | 'addToPath'>,
): Promise<Ansible> {
  const start = performance.now()
  const installing = installAnsible(playbook, environment, ansibleVersion)
  const bin = () => installing.then(({ bin }) => bin)
  const [ansible, rolesLine] = await Promise.all([
    installing,
    roles ? installRoles(playbook, bin, environment) : undefined,
  ])
  port.addToPath(ansible.bin)
  const ansibleLine = ansible.isCached ? undefined : `Ansible ${ansible.version} was installed.`
  const lines = [ansibleLine, rolesLine].filter(line => line !== undefined)
  if (lines.length > 0) {
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    port.log(`${lines.join(' ')} This took ${seconds} s.`)
  }
  return ansible
}
