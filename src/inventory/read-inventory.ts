import type { Finding } from '../domain/finding.ts'
import { ToolkitError } from '../support/errors.ts'
import { type FileReader, joinPath } from '../support/files/files.ts'
import { HostVariables, type InventoryOptions } from './host-variables.ts'
import type { Inventory } from './inventory.ts'
import { Budget } from './read/budget.ts'
import { type GroupOrder, orderGroups } from './read/group-order.ts'
import { limits } from './read/limits.ts'
import { type Group, type Member, Members } from './read/members.ts'
import { problem, startOf } from './read/problem.ts'
import { readSources } from './read/sources.ts'

/**
 * Reads an inventory and its variables statically: nothing is executed or evaluated.
 *
 * @param path The inventory file or folder, relative to the root of `files`, or several of them. Later ones, with the
 * `host_vars` and `group_vars` next to them, have precedence.
 * @throws ToolkitError `inventory-unreadable` if there is none. All other errors are in `problems`.
 */
export function readInventory(
  path: string | readonly string[],
  files: FileReader,
  options: InventoryOptions = {},
): Inventory {
  const paths = [path].flat().map(insideOf)
  const members = new Members(new Budget())
  for (const name of ['all', 'ungrouped']) members.group(name, startOf(paths[0] ?? ''))
  const folders = lastOfEach(paths.map(each => readSources(files, each, members)))
  const problems: Finding[] = []
  const order = orderGroups(members.groups, problems)
  const variables = new HostVariables(files, folders, members.budget, options)
  const hosts = [...inGroups(members, order, problems)].map(([member, groups]) =>
    variables.host(member, groups),
  )
  const byName = new Map(hosts.map(host => [host.name, host]))
  const groups = new Map([...members.groups.keys()].map(name => [name, new Set<string>()]))
  for (const host of hosts) for (const group of host.groups) groups.get(group)?.add(host.name)
  return {
    paths,
    hosts,
    groups,
    groupPlace: name => members.groups.get(name)?.place,
    folders,
    host: name => byName.get(name),
    nonAscii: [...members.nonAscii, ...variables.nonAscii],
    problems: [...members.problems, ...problems, ...variables.problems],
  }
}

function insideOf(path: string): string {
  const normal = joinPath(path)
  if (normal === undefined || path.startsWith('/')) throw outsideRepository(path)
  return normal
}

/** Keeps the last of equal folders: Ansible reads it again there, so it overrides the folders in between. */
function lastOfEach(folders: readonly string[]): readonly string[] {
  return [...new Set(folders.toReversed())].toReversed()
}

/** Each host with its groups, lowest precedence first, up to the limit of memberships. */
function* inGroups(
  { hosts }: Members,
  order: GroupOrder,
  problems: Finding[],
): Generator<[Member, readonly Group[]]> {
  let memberships = 0
  for (const member of hosts.values()) {
    const groups = order.groupsOf(member.name)
    memberships += groups.length
    if (memberships > limits.memberships) {
      const message = `the inventory has more than ${limits.memberships} memberships of hosts in groups`
      problems.push(problem('inventory/limit', message, member.place))
      return
    }
    yield [member, groups]
  }
}

function outsideRepository(path: string): ToolkitError {
  return new ToolkitError({
    reason: 'inventory-unreadable',
    what: 'The inventory is outside the repository.',
    where: path,
    remedy: 'Set `inventory` to a path inside the repository, relative to its root.',
  })
}
