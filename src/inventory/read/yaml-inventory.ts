import { entryOf, type MapEntry, type Value } from '../value.ts'
import { hostPattern } from './host-pattern.ts'
import { limits } from './limits.ts'
import { define, type Group, type Members, portDefinition } from './members.ts'
import { addProblems, problem, ReadingProblem, syntaxProblem } from './problem.ts'

/**
 * Adds the groups and hosts of a YAML inventory like Ansible's `yaml` plugin (`plugins/inventory/yaml.py` of ansible-core):
 * groups at the top level, each with `hosts`, `vars` and `children`.
 *
 * @throws ReadingProblem if Ansible would reject it or run a plugin.
 */
export function readYamlInventory(members: Members, document: Value): void {
  if (document.kind !== 'map')
    throw syntaxProblem('a YAML inventory must be a mapping of group names', document.place)
  const plugin = entryOf(document, 'plugin')
  if (plugin) {
    const message = 'this is the configuration of an inventory plugin, not an inventory'
    throw new ReadingProblem('trust/inventory-plugin', message, plugin.keyPlace)
  }
  for (const entry of document.entries) readGroup(members, entry, 0)
}

function readGroup(members: Members, entry: MapEntry, depth: number): void {
  if (depth > limits.depth)
    throw syntaxProblem(`groups are nested more than ${limits.depth} levels deep`, entry.keyPlace)
  const { value } = entry
  if (value.kind !== 'map' && value.kind !== 'null') {
    const message = `Ansible skips the group \`${entry.key}\`, which is not a mapping`
    addProblems(members.problems, problem('inventory/skipped-entry', message, entry.keyPlace))
    return
  }
  const group = members.group(entry.key, entry.keyPlace)
  for (const part of value.kind === 'map' ? value.entries : []) readPart(members, group, part, depth)
}

function readPart(members: Members, group: Group, part: MapEntry, depth: number): void {
  if (!['hosts', 'vars', 'children'].includes(part.key)) {
    const message = `Ansible skips \`${part.key}\`: a group can only have \`hosts\`, \`vars\` and \`children\``
    addProblems(members.problems, problem('inventory/skipped-entry', message, part.keyPlace))
    return
  }
  for (const entry of sectionEntries(part)) {
    if (part.key === 'vars') {
      const { key: name, keyPlace: namePlace, value } = entry
      define(members, group, { name, namePlace, value, source: 'inventory', group: group.name })
    } else if (part.key === 'children') {
      group.children.add(entry.key)
      readGroup(members, entry, depth + 1)
    } else {
      readHosts(members, group, entry)
    }
  }
}

/** A plain text means a mapping with that single key. */
function sectionEntries(part: MapEntry): readonly MapEntry[] {
  const { value } = part
  if (value.kind === 'map') return value.entries
  if (value.kind === 'null') return []
  if (value.kind === 'string') {
    return [{ key: value.value, keyPlace: value.place, value: { kind: 'null', place: value.place } }]
  }
  throw syntaxProblem(`\`${part.key}\` must be a mapping`, value.place)
}

function readHosts(members: Members, group: Group, entry: MapEntry): void {
  const { names, port } = hostPattern(entry.key, entry.keyPlace)
  const definitions = port === undefined ? [] : [portDefinition(port, entry.keyPlace)]
  if (entry.value.kind === 'map') {
    for (const { key, keyPlace, value } of entry.value.entries) {
      definitions.push({ name: key, namePlace: keyPlace, value, source: 'inventory' })
    }
  }
  for (const name of names) {
    const host = members.host(name, group, entry.keyPlace)
    for (const definition of definitions) define(members, host, definition)
  }
  if (entry.value.kind !== 'map' && entry.value.kind !== 'null') {
    throw syntaxProblem('the variables of a host must be a mapping', entry.value.place)
  }
}
