import { ToolkitError } from '../support/errors.ts'
import type { Host, Inventory } from './inventory.ts'

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
  const named = limitHosts(inventory, limit)
  const chosen = hosts.filter(({ name }) => named.has(name))
  if (chosen.length > 0) return chosen
  const remedy = `List hosts of ${playbookGroup}, or remove \`limit\`.`
  throw invalidLimit(`\`limit\` matches no host of the group ${playbookGroup}.`, remedy)
}

/**
 * The names of hosts that match an Ansible `--limit` pattern. Parts are names of hosts and groups, with
 * `*` and `?`, or `all`, separated by commas or colons. `!` excludes and `&` intersects.
 *
 * @throws ToolkitError `input-invalid` if a part matches nothing, or is a regular expression or slice (not supported here).
 */
function limitHosts(inventory: Inventory, limit: string): ReadonlySet<string> {
  const parts = limit
    .split(',')
    .flatMap(part => (isHost(inventory, part) ? part : part.split(':')))
    .map(part => part.trim())
    .filter(part => part !== '')
  const plain = parts.filter(part => !/^[!&]/.test(part))
  const chosen = new Set(plain.length === 0 ? inventory.hosts.map(({ name }) => name) : [])
  for (const part of plain) for (const name of namesOf(inventory, part)) chosen.add(name)
  for (const part of parts.filter(part => part.startsWith('&'))) {
    const kept = namesOf(inventory, part.slice(1))
    for (const name of chosen) if (!kept.has(name)) chosen.delete(name)
  }
  for (const part of parts.filter(part => part.startsWith('!'))) {
    for (const name of namesOf(inventory, part.slice(1))) chosen.delete(name)
  }
  return chosen
}

/** An address of IPv6 can be the name of a host, so its colons separate nothing. */
function isHost(inventory: Inventory, part: string): boolean {
  return inventory.host(part.trim().replace(/^[!&]/, '')) !== undefined
}

function namesOf(inventory: Inventory, pattern: string): Set<string> {
  if (pattern === 'all' || pattern === '*') return new Set(inventory.hosts.map(({ name }) => name))
  if (/^~|[[\]]/.test(pattern)) {
    throw invalidLimit('`limit` contains a regular expression or a slice, which are not supported.')
  }
  const matches = wildcard(pattern)
  const names = new Set<string>()
  for (const [group, members] of inventory.groups)
    if (matches(group)) for (const name of members) names.add(name)
  for (const { name } of inventory.hosts) if (matches(name)) names.add(name)
  if (names.size === 0)
    throw invalidLimit(
      `\`${pattern}\` in \`limit\` matches no host and no group of the inventory.`,
      `Its hosts: ${inventory.hosts
        .map(each => each.name)
        .slice(0, mostShown)
        .join(', ')}. Its groups: ${[...inventory.groups.keys()].slice(0, mostShown).join(', ')}.`,
    )
  return names
}

const mostShown = 10

function wildcard(pattern: string): (name: string) => boolean {
  if (!/[*?]/.test(pattern)) return name => name === pattern
  const source = pattern
    .replace(/\*+/g, '*')
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  const expression = new RegExp(`^${source}$`)
  return name => expression.test(name)
}

function invalidLimit(
  what: string,
  remedy = 'List hosts or groups of the inventory, separated by commas.',
): ToolkitError {
  return new ToolkitError({ reason: 'input-invalid', what, where: 'the input `limit`', remedy })
}
