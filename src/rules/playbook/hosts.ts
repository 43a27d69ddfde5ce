import type { HostContext } from '../rule.ts'

/** Whether the playbook runs on a host: those of `matrix_servers`, and all where there is no such group. */
export function isOfThePlaybook({ host, repository }: Pick<HostContext, 'host' | 'repository'>): boolean {
  return host.groups.includes('matrix_servers') || !repository.inventory.groups.has('matrix_servers')
}
