import { type Definition, isOfInventoryGroup } from '../../inventory/definition.ts'
import type { Host, Variable } from '../../inventory/inventory.ts'
import { isOpaque, type Value } from '../../inventory/value.ts'
import type { FileReader } from '../../support/files/files.ts'
import { type Door, doorsOf } from './doors.ts'
import { extendedIn, extensionOf } from './extensions.ts'
import { setByPlaybook } from './overruled.ts'

/**
 * The host with the effective value of each variable. Roles merge an extension last, so a value there wins over the variable
 * (`doors.ts`): then `definition.inExtension` says where it was decided, and the variable's own definitions are overridden.
 *
 * @param hasCheckout Without a checkout, what the playbook's own `group_vars` are known to override is left out here.
 */
export function effectiveHost(host: Host, files: FileReader, hasCheckout: boolean): Host {
  const variables = new Map<string, Variable>()
  const extensions = new Map<string, Definition | undefined>()
  const definitionOf = (name: string): Definition | undefined => {
    if (!extensions.has(name)) extensions.set(name, extensionOf(host, name))
    return extensions.get(name)
  }
  return {
    ...host,
    variable: name => {
      const known = variables.get(name)
      if (known) return known
      const variable = extended(host, name, files, definitionOf)
      if (variable) variables.set(name, variable)
      return variable ?? (hasCheckout ? host.variable(name) : withoutOverruled(host.variable(name)))
    },
  }
}

function withoutOverruled(variable: Variable): Variable {
  const { name, definition } = variable
  if (!definition || !isOfInventoryGroup(definition) || !setByPlaybook.has(name)) return variable
  return { name, state: 'absent', overridden: [], hiddenIn: [] }
}

function extended(
  host: Host,
  name: string,
  files: FileReader,
  definitionOf: (extension: string) => Definition | undefined,
): Variable | undefined {
  for (const door of doorsOf(name)) {
    const outer = definitionOf(door.extension)
    const found = outer && extendedIn(outer, door.path, files)
    if (!found) continue
    const value = decided(found.value, door)
    const { source, group } = outer
    const inExtension = `\`${door.path.join('.')}\` in \`${outer.name}\``
    const definition: Definition = { name, namePlace: found.place, value, source, group, inExtension }
    const own = host.variable(name)
    return {
      name,
      state: isOpaque(value) ? (value.kind === 'vault' ? 'vault' : 'unknown') : 'known',
      value,
      definition,
      overridden: own.definition ? [own.definition, ...own.overridden] : [],
      hiddenIn: [],
    }
  }
  return undefined
}

function decided(value: Value, { isPresence }: Door): Value {
  return isPresence && !isOpaque(value)
    ? { kind: 'boolean', value: value.kind !== 'null', place: value.place }
    : value
}
