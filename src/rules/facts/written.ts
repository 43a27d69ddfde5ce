import { type Definition, isOfPlaybook } from '../../inventory/definition.ts'
import type { Host } from '../../inventory/inventory.ts'
import type { VarsLayer } from '../../inventory/read/vars-files.ts'
import type { PlaybookVariables } from '../../playbook/variables.ts'
import { oncePer } from '../kit/once-per.ts'
import type { InventoryContext, Violation } from '../kit/rule.ts'

export interface Written {
  readonly definition: Definition
  /** The first host with this definition. */
  readonly host: Host
  /** The host of a violation; empty if the definition belongs to a group. */
  readonly about: { readonly host?: string }
}

/**
 * All definitions of the inventory for these hosts, including overridden ones. Shared definitions occur once.
 *
 * @param names Restricts the result to these variables.
 */
export function* written(
  hosts: readonly { readonly host: Host }[],
  names?: ReadonlySet<string>,
): Generator<Written> {
  const seen = new Set<object>()
  for (const { host } of hosts) {
    const ofHost = { host: host.name }
    for (const layer of host.layers) {
      if (seen.has(layer)) continue
      seen.add(layer)
      for (const definition of definitionsIn(layer, names)) {
        const about = definition.group === undefined ? ofHost : {}
        if (isOwn(definition)) yield { definition, host, about }
      }
    }
  }
}

function definitionsIn(
  { variables, overridden }: VarsLayer,
  names: ReadonlySet<string> | undefined,
): Iterable<Definition> {
  if (!names) return overridden.length === 0 ? variables.values() : [...variables.values(), ...overridden]
  const winners = [...names].map(name => variables.get(name)).filter(found => found !== undefined)
  return [...winners, ...overridden.filter(({ name }) => names.has(name))]
}

/** The names of a host's variables that the inventory itself sets. */
export const ownNames = oncePer((host: Host): ReadonlySet<string> => {
  const names = new Set<string>()
  for (const layer of host.layers) {
    const [first] = layer.variables.values()
    if (!first || !isOwn(first)) continue
    for (const name of layer.variables.keys()) names.add(name)
  }
  return names
})

function isOwn(definition: Definition): boolean {
  return !isOfPlaybook(definition) && definition.source !== 'extra-vars'
}

/** A check that compares all variables of the inventory with the variables of the checkout. */
export function compared(
  violations: (
    each: Written,
    playbook: PlaybookVariables,
    hosts: InventoryContext['hosts'],
  ) => readonly Violation[],
) {
  return ({ hosts, checkout }: InventoryContext): readonly Violation[] => {
    const playbook = checkout?.variables
    if (!playbook) return []
    return written(hosts)
      .flatMap(each => violations(each, playbook, hosts))
      .toArray()
  }
}
