import { ToolkitError } from '../support/errors.ts'
import type { Host, Inventory } from './inventory.ts'
import { limitHosts } from './limit.ts'

/** The group on whose hosts the playbook runs (`setup.yml`); it looks at no other. */
export const playbookGroup = 'matrix_servers'

/** The hosts on which the playbook runs; all where the inventory has no such group, for one of them must be meant. */
export function hostsOfPlaybook({ hosts, groups }: Inventory): readonly Host[] {
  const members = groups.get(playbookGroup)
  return members ? hosts.filter(({ name }) => members.has(name)) : hosts
}

/**
 * Those of them that `limit` names, in the order of the inventory.
 *
 * @throws ToolkitError of reason `input-invalid` where the limit cannot be read, or names none of them.
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
    what: `The limit names no host of the group ${playbookGroup}, so there is nothing to look at.`,
    where: 'the input `limit`',
    remedy: `Name hosts of ${playbookGroup}, or leave \`limit\` out.`,
  })
}
