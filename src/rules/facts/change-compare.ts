import { isOfPlaybook } from '../../inventory/definition.ts'
import type { Host } from '../../inventory/inventory.ts'
import { isOpaque, type Value } from '../../inventory/value.ts'
import type { HostContext, Violation } from '../kit/rule.ts'
import { missing } from './values.ts'

/**
 * The effect of a change on a variable.
 *
 * - `rewritten`: the text differs, and one of the two is Jinja or in a vault: the value may be the same.
 * - `hidden`: it is unknown whether the value changed: two vaults, the same Jinja, or an unreadable file.
 */
export type Change = 'same' | 'changed' | 'added' | 'removed' | 'rewritten' | 'hidden'

type PartChange = 'same' | 'changed' | 'rewritten' | 'hidden'

/** Compares two values, independent of their notation. */
export function changeBetween(a: Value, b: Value): PartChange {
  if (isOpaque(a) || isOpaque(b)) return opaqueChange(a, b)
  if (a.kind === 'list' && b.kind === 'list') {
    if (a.items.length !== b.items.length) return 'changed'
    return worst(a.items.map((item, index) => changeOfPart(item, b.items[index])))
  }
  if (a.kind === 'map' && b.kind === 'map') {
    if (a.entries.length !== b.entries.length) return 'changed'
    const others = new Map(b.entries.map(({ key, value }) => [key, value]))
    return worst(a.entries.map(({ key, value }) => changeOfPart(value, others.get(key))))
  }
  return a.kind === b.kind && plain(a) === plain(b) ? 'same' : 'changed'
}

function changeOfPart(a: Value, b: Value | undefined): PartChange {
  return b === undefined ? 'changed' : changeBetween(a, b)
}

function opaqueChange(a: Value, b: Value): PartChange {
  if (a.kind !== b.kind) return 'rewritten'
  const [old, now] = [a, b].map(value => (value.kind === 'unknown' ? value.source : undefined))
  return old === now ? 'hidden' : 'rewritten'
}

/** One changed part changes the whole; otherwise one unknown part makes the whole unknown. */
function worst(parts: readonly PartChange[]): PartChange {
  return (['changed', 'rewritten', 'hidden'] as const).find(kind => parts.includes(kind)) ?? 'same'
}

function plain(value: Value): string {
  return value.kind === 'date' ? value.text : 'value' in value ? String(value.value) : ''
}

/** The effect of a change on a variable of a host; `undefined` for a new host. */
export function changeOf(before: Host | undefined, host: Host, name: string): Change | undefined {
  if (!before) return undefined
  const [old, now] = [before.variable(name), host.variable(name)]
  if (old.value && now.value) return changeBetween(old.value, now.value)
  if (old.state === 'absent') return now.state === 'absent' ? 'same' : 'added'
  return now.state === 'absent' ? 'removed' : 'hidden'
}

/**
 * Whether a change removes a variable that was plain. If vault files could contain it now, the result names them for the
 * violation.
 */
export function removed(
  before: Host | undefined,
  host: Host,
  name: string,
): Pick<Violation, 'unlessIn'> | undefined {
  const old = before?.variable(name).definition
  return old && !isOfPlaybook(old) ? missing(host, name) : undefined
}

/** Ends a message about such a host. */
export const onLiveHost = ', and MAS was live before this change'

/** Whether the host is live in the base, so that data of MAS depends on its settings. */
export function wasLive({ base }: HostContext): boolean {
  return base?.stage.stage === 'live'
}
