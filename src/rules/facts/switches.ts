import type { Place } from '../../domain/finding.ts'
import type { Definition } from '../../inventory/definition.ts'
import type { Host } from '../../inventory/inventory.ts'
import { truthOf } from '../../inventory/value.ts'

export interface Switch {
  /** `absent`: written nowhere in plain; `unclear`: Jinja, in a vault, or neither yes nor no. */
  readonly state: 'on' | 'off' | 'absent' | 'unclear'
  readonly place?: Place
  /** What decides; what the playbook itself says does not. */
  readonly definition?: Definition
}

/** How the inventory sets a yes-or-no variable for a host; what the playbook itself says is no setting. */
export function switchAt(host: Host, name: string): Switch {
  const { value, definition } = host.variable(name)
  if (!definition || definition.source.startsWith('playbook_')) return { state: 'absent' }
  const truth = truthOf(value)
  if (typeof truth !== 'boolean') return { state: 'unclear', place: value.place, definition }
  return { state: truth ? 'on' : 'off', place: value.place, definition }
}
