import { ToolkitError } from '../support/errors.ts'
import type { Host, Inventory } from './inventory.ts'
import { limitHosts } from './limit.ts'

/** The only group on whose hosts the playbook runs (`setup.yml`). */
export const playbookGroup = 'matrix_servers'

/** The hosts on which the playbook runs, or all hosts if the inventory lacks the group. */
export function hostsOfPlaybook({ hosts, groups }: Inventory): readonly Host[] {
  const members = groups.get(playbookGroup)
  return members ? hosts.filter(({ name }) => members.has(name)) : hosts
}

/**
 * The hosts of the playbook that match `limit`, in the order of the inventory.
 *
 * @throws ToolkitError `input-invalid` if the limit is invalid or matches none of them.
 */
export function chosenHosts(inventory: Inventory, limit: string | undefined): readonly Host[] {
  const hosts = hostsOfPlaybook(inventory)
  if (limit === undefined || limit.trim() === '') return hosts
  const named = new Set(limitHosts(inventory, limit))
  const chosen = hosts.filter(host => named.has(host))
  if (chosen.length > 0) return chosen
  throw new ToolkitError({
    kind: 'input',
    reason: 'input-invalid',
    what: `\`limit\` matches no host of the group ${playbookGroup}.`,
    where: 'the input `limit`',
    remedy: `List hosts of ${playbookGroup}, or remove \`limit\`.`,
  })
}
