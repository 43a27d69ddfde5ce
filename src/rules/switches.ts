import type { Place } from '../domain/finding.ts'
import type { Host } from '../inventory/inventory.ts'
import { truthOf } from '../inventory/value.ts'

export interface Switch {
  /** `absent`: written nowhere in plain; `unclear`: Jinja, in a vault, or neither yes nor no. */
  readonly state: 'on' | 'off' | 'absent' | 'unclear'
  readonly place?: Place
}

/** How a yes-or-no variable is set for a host. */
export function switchAt(host: Host, name: string): Switch {
  const { value } = host.variable(name)
  if (!value) return { state: 'absent' }
  const truth = truthOf(value)
  if (typeof truth !== 'boolean') return { state: 'unclear', place: value.place }
  return { state: truth ? 'on' : 'off', place: value.place }
}
