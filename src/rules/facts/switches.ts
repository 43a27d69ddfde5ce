import type { Place } from '../../domain/finding.ts'
import type { Definition } from '../../inventory/definition.ts'
import type { Host } from '../../inventory/inventory.ts'
import { truthOf } from '../../inventory/value.ts'

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
