import { type Definition, isOfInventoryGroup } from '../../inventory/definition.ts'
import type { Host, Variable } from '../../inventory/inventory.ts'
import { isOpaque, truthOf, type Value } from '../../inventory/value.ts'
import type { FileReader } from '../../support/files/files.ts'
import { onceLately } from '../kit/once-per.ts'
import { type Door, doorsOf } from './doors.ts'
import { extendedIn, extensionOf } from './extensions.ts'
import { setByPlaybook } from './overruled.ts'

/**
 * Hosts with the effective value of each variable. Roles merge an extension last, so a value there wins over the variable
 * (`doors.ts`): then `definition.inExtension` says where it was decided, and the variable's own definitions are overridden.
 *
 * @param hasCheckout Without a checkout, what the playbook's own `group_vars` are known to override is left out here.
 */
export function effectiveValues(files: FileReader, hasCheckout: boolean): (host: Host) => Host {
  // Rules run host by host, so the values of all hosts need not be kept.
  const variablesOf = onceLately((_host: Host) => new Map<string, Variable>())
  const variable = (host: Host, name: string): Variable => {
    const own = host.variable(name)
    return extended(host, name, files) ?? (hasCheckout ? own : withoutOverruled(own))
  }
  return host => ({
    ...host,
    variable: name => {
      const variables = variablesOf(host)
      const effective = variables.get(name) ?? variable(host, name)
      variables.set(name, effective)
      return effective
    },
  })
}

function withoutOverruled(variable: Variable): Variable {
  const { name, definition } = variable
  if (!definition || !isOfInventoryGroup(definition) || !setByPlaybook.has(name)) return variable
  return { name, state: 'absent', overridden: [], hiddenIn: [] }
}

function extended(host: Host, name: string, files: FileReader): Variable | undefined {
  for (const door of doorsOf(name)) {
    const outer = extensionOf(host, door.extension)
    const found = outer && extendedIn(outer, door.path, files)
    if (!found || (door.isOther && truthOf(found.value) === false)) continue
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
