import type { Finding } from '../../domain/finding.ts'
import { byCodeUnit } from '../../support/files/files.ts'
import type { Group } from './members.ts'
import { problem } from './problem.ts'

export interface GroupOrder {
  /** Each host's groups, lowest precedence first: `all`, then by depth, `ansible_group_priority` and name. */
  groupsOf(host: string): readonly Group[]
}

/**
 * Sorts groups in the order in which Ansible merges their variables (`inventory/helpers.py` and `group.py` of ansible-core).
 *
 * @param problems Receives a finding for groups that contain each other. Their `children` entries are then ignored.
 */
export function orderGroups(groups: ReadonlyMap<string, Group>, problems: Finding[]): GroupOrder {
  for (const group of groups.values()) {
    if (!group.children.delete('all')) continue
    const message = `the group \`${group.name}\` contains \`all\`, which contains every group`
    problems.push(problem('inventory/group-cycle', message, group.place))
  }
  const parents = new Map<string, Group[]>()
  for (const group of groups.values()) {
    for (const child of group.children) addTo(parents, child, group)
  }
  const depths = depthsOf(groups, parents, problems)
  const depth = (group: Group): number => depths.get(group.name) ?? 1
  const weakestFirst = (a: Group, b: Group): number =>
    depth(a) - depth(b) || a.priority - b.priority || byCodeUnit(a.name, b.name)

  const direct = new Map<string, Group[]>()
  for (const group of groups.values()) {
    for (const host of group.hosts) addTo(direct, host, group)
  }
  return {
    groupsOf(host) {
      const found = new Set<Group>(direct.get(host))
      const all = groups.get('all')
      const ungrouped = groups.get('ungrouped')
      for (const group of found) for (const parent of parents.get(group.name) ?? []) found.add(parent)
      if (all) found.add(all)
      if (ungrouped) {
        found.delete(ungrouped)
        if (found.size < 2) found.add(ungrouped)
      }
      return [...found].sort(weakestFirst)
    },
  }
}

function addTo(groups: Map<string, Group[]>, name: string, group: Group): void {
  const known = groups.get(name)
  if (known) known.push(group)
  else groups.set(name, [group])
}

/** The longest path from `all` to each group. */
function depthsOf(
  groups: ReadonlyMap<string, Group>,
  parents: ReadonlyMap<string, readonly Group[]>,
  problems: Finding[],
): Map<string, number> {
  const depths = new Map<string, number>([['all', 0]])
  const waiting = new Map<string, number>()
  const ready: Group[] = []
  for (const group of groups.values()) {
    const count = (parents.get(group.name) ?? []).length
    waiting.set(group.name, count)
    if (count === 0) ready.push(group)
  }
  for (let group = ready.pop(); group; group = ready.pop()) {
    const depth = depths.get(group.name) ?? 1
    depths.set(group.name, depth)
    for (const child of group.children) {
      depths.set(child, Math.max(depths.get(child) ?? 1, depth + 1))
      const left = (waiting.get(child) ?? 0) - 1
      waiting.set(child, left)
      const next = groups.get(child)
      if (left === 0 && next) ready.push(next)
    }
  }
  for (const group of groups.values()) {
    if (!waiting.get(group.name)) continue
    const message = `the group \`${group.name}\` contains itself through its children`
    problems.push(problem('inventory/group-cycle', message, group.place))
  }
  return depths
}
