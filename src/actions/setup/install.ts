import { paragraph } from '../../report/document.ts'
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
 * Installs Ansible and, at the same time, the roles of the playbook. Adds Ansible to the PATH of later steps, and the time to the
 * summary.
 * @throws ToolkitError of reason `checkout-unsupported`, `tool-missing` or `fetch-failed`.
 */
export async function installTools(
  { playbook, ansibleVersion, roles }: Wanted,
  environment: Readonly<Record<string, string | undefined>>,
  port: Pick<Port, 'log' | 'addToPath' | 'note'>,
): Promise<Ansible> {
  const start = performance.now()
  const installing = installAnsible(playbook, environment, ansibleVersion)
  const bin = () => installing.then(({ bin }) => bin)
  const [ansible, line] = await Promise.all([
    installing,
    roles ? installRoles(playbook, bin, environment) : 'Roles were not asked for.',
  ])
  port.addToPath(ansible.bin)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const text = `Ansible ${ansible.version} was ${ansible.isCached ? 'in the tool cache' : 'installed'}. ${line} This took ${seconds} s.`
  port.log(text)
  await port.note([paragraph(text)])
  return ansible
}
