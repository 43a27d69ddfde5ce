import type { Place, Suggestion } from '../../domain/finding.ts'
import type { Definition } from '../../inventory/definition.ts'
import type { Host } from '../../inventory/inventory.ts'
import { truthOf } from '../../inventory/value.ts'
import { replaceValue } from '../kit/fix.ts'
import type { HostContext, Violation } from '../kit/rule.ts'

export interface Switch {
  /** `absent`: not set in plain text; `unclear`: Jinja, in a vault, or not a boolean. */
  readonly state: 'on' | 'off' | 'absent' | 'unclear'
  readonly place?: Place
  /** The definition in the inventory. Definitions of the playbook are ignored. */
  readonly definition?: Definition
}

/** How the inventory sets a boolean variable for a host. Values of the playbook are ignored. */
export function switchAt(host: Host, name: string): Switch {
  const { value, definition } = host.variable(name)
  if (!definition || definition.source.startsWith('playbook_')) return { state: 'absent' }
  const truth = truthOf(value)
  if (typeof truth !== 'boolean') return { state: 'unclear', place: value.place, definition }
  return { state: truth ? 'on' : 'off', place: value.place, definition }
}

export type SwitchFix = (definition: Definition | undefined) => Suggestion | undefined

/** The fix that sets a switch to `false`. */
export const turnOff: SwitchFix = definition => replaceValue(definition, 'false')

/** A violation for each switch that is on. Playbook versions use different names for a service. */
export function whereOn(
  { host }: Pick<HostContext, 'host'>,
  names: readonly string[],
  what: string,
  fix?: SwitchFix,
): readonly Violation[] {
  return names.flatMap(name => {
    const { state, place, definition } = switchAt(host, name)
    return state === 'on' ? [{ message: `\`${name}\` ${what}`, place, suggestion: fix?.(definition) }] : []
  })
}
