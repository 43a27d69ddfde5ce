import { isOfPlaybook } from './definition.ts'
import { jsonValue } from './host-variables.ts'
import type { Host, Variable } from './inventory.ts'
import { startOf } from './read/problem.ts'

/**
 * A host with values that Ansible evaluated, in their places: of its definition, or of the first encrypted file that can have it.
 *
 * @param values By name; `undefined` if the variable is not defined. Other variables stay as they are.
 * @param isComplete The encrypted files of the host set nothing else that matters.
 */
export function evaluatedHost(host: Host, values: ReadonlyMap<string, unknown>, isComplete: boolean): Host {
  const vaults = host.layers.flatMap(layer => layer.vaults)
  const evaluated = (variable: Variable): Variable => {
    const { name, overridden } = variable
    const json = values.get(name)
    if (json === undefined) return { name, state: 'absent', overridden: [], hiddenIn: [] }
    const definition =
      variable.definition && isOfPlaybook(variable.definition) ? undefined : variable.definition
    const place = definition?.value.place ?? startOf(vaults[0] ?? host.place.file)
    const value = jsonValue(json, place, text => ({ kind: 'string', value: text }))
    const { namePlace = place, source = 'host_vars', group } = definition ?? {}
    const own = { name, namePlace, value, source, group }
    return { name, state: 'known', value, definition: own, overridden, hiddenIn: [] }
  }
  return {
    ...host,
    layers: isComplete ? host.layers.map(layer => ({ ...layer, opaque: [], vaults: [] })) : host.layers,
    variable: name => {
      const variable = host.variable(name)
      return values.has(name) ? evaluated(variable) : variable
    },
  }
}
