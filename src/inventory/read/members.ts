import type { Finding, Place } from '../../domain/finding.ts'
import type { Definition } from '../definition.ts'
import type { Budget } from './budget.ts'
import { limits } from './limits.ts'
import { ReadingProblem } from './problem.ts'

export interface Member {
  readonly name: string
  /** The first place that names it. */
  readonly place: Place
  readonly variables: Map<string, Definition>
  /** Definitions that a later one in the same source replaced. */
  readonly overridden: Definition[]
}

export interface Group extends Member {
  readonly children: Set<string>
  readonly hosts: Set<string>
  /** `ansible_group_priority`, which is not a variable: it orders groups of the same depth. */
  priority: number
}

/** Collects the groups and hosts of an inventory file by file. */
export class Members {
  readonly budget: Budget
  readonly groups = new Map<string, Group>()
  readonly hosts = new Map<string, Member>()
  readonly problems: Finding[] = []
  private memberships = 0
  /** Files with non-ASCII characters. */
  readonly nonAscii: string[] = []

  constructor(budget: Budget) {
    this.budget = budget
  }

  group(name: string, place: Place): Group {
    const known = this.groups.get(name)
    if (known) return known
    if (this.groups.size >= limits.groups) throw tooMany('groups', limits.groups, place)
    const group = {
      name,
      place,
      children: new Set<string>(),
      hosts: new Set<string>(),
      priority: 1,
      variables: new Map(),
      overridden: [],
    }
    this.groups.set(name, group)
    return group
  }

  private countMembership(place: Place): void {
    this.memberships += 1
    if (this.memberships > limits.memberships) throw tooMany('hosts in groups', limits.memberships, place)
  }

  host(name: string, group: Group, place: Place): Member {
    if (!group.hosts.has(name)) this.countMembership(place)
    group.hosts.add(name)
    const known = this.hosts.get(name)
    if (known) return known
    if (this.hosts.size >= limits.hosts) throw tooMany('hosts', limits.hosts, place)
    const member = { name, place, variables: new Map(), overridden: [] }
    this.hosts.set(name, member)
    return member
  }
}

/** Sets a variable of a group or host, and keeps the definition that it replaces in `overridden`. */
export function define(members: Members, owner: Group | Member, definition: Definition): void {
  members.budget.spendParts(1, definition.namePlace)
  if ('children' in owner && definition.name === 'ansible_group_priority') {
    if (definition.value.kind === 'integer') owner.priority = Number(definition.value.value)
    return
  }
  const earlier = owner.variables.get(definition.name)
  if (earlier) owner.overridden.push(earlier)
  owner.variables.set(definition.name, definition)
}

/** The port of an entry such as `host:2222`. */
export function portDefinition(port: number, place: Place): Definition {
  const value = { kind: 'integer', value: BigInt(port), place } as const
  return { name: 'ansible_port', namePlace: place, value, source: 'inventory' }
}

function tooMany(what: string, most: number, place: Place): ReadingProblem {
  return new ReadingProblem('inventory/limit', `the inventory has more than ${most} ${what}`, place)
}
