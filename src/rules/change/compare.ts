import type { Host } from '../../inventory/inventory.ts'
import { isOpaque, type Value } from '../../inventory/value.ts'
import type { HostContext } from '../rule.ts'

/** What a change does to a variable; `hidden`: one of the two values is Jinja, in a vault or out of sight. */
export type Change = 'same' | 'changed' | 'hidden'

/** Two values, whatever their notation; `undefined` where a part of one cannot be told. */
function sameValue(a: Value, b: Value): boolean | undefined {
  if (isOpaque(a) || isOpaque(b)) return undefined
  if (a.kind === 'list' && b.kind === 'list') {
    if (a.items.length !== b.items.length) return false
    return every(a.items.map((item, index) => sameOrAbsent(item, b.items[index])))
  }
  if (a.kind === 'map' && b.kind === 'map') {
    if (a.entries.length !== b.entries.length) return false
    const others = new Map(b.entries.map(({ key, value }) => [key, value]))
    return every(a.entries.map(({ key, value }) => sameOrAbsent(value, others.get(key))))
  }
  return a.kind === b.kind && plain(a) === plain(b)
}

function sameOrAbsent(a: Value, b: Value | undefined): boolean | undefined {
  return b === undefined ? false : sameValue(a, b)
}

/** One difference decides; one part that cannot be told leaves it open. */
function every(parts: readonly (boolean | undefined)[]): boolean | undefined {
  if (parts.includes(false)) return false
  return parts.includes(undefined) ? undefined : true
}

function plain(value: Value): string {
  return value.kind === 'date' ? value.text : 'value' in value ? String(value.value) : ''
}

/** What a change does to a variable of a host that was there before; `undefined` where it was or is written nowhere. */
export function changeOf(before: Host | undefined, host: Host, name: string): Change | undefined {
  const [old, now] = [before?.variable(name).value, host.variable(name).value]
  if (!old || !now) return undefined
  const same = sameValue(old, now)
  return same === undefined ? 'hidden' : same ? 'same' : 'changed'
}

/** Whether the base says that the host is live: what MAS keeps must not be pulled from under it. */
export function wasLive({ base }: HostContext): boolean {
  return base?.stage.stage === 'live'
}
