import type { Place, Suggestion } from '../../domain/finding.ts'
import type { Definition } from '../../inventory/definition.ts'
import type { Host } from '../../inventory/inventory.ts'
import { isOpaque, truthOf, type Value } from '../../inventory/value.ts'
import { replaceValue } from '../kit/fix.ts'
import type { HostContext, Violation } from '../kit/rule.ts'

/** A variable that is a plain string, also one of the playbook. */
export interface PlainText {
  readonly text: string
  readonly value: Value
  readonly definition: Definition
}

/** Whether the playbook's own `group_vars` or `host_vars` set it. */
export function isOfPlaybook({ source }: Definition): boolean {
  return source.startsWith('playbook_')
}

/** A variable that is a plain string; `undefined` also if it is absent or unknown. */
export function plainText(host: Host, name: string): PlainText | undefined {
  const { value, definition } = host.variable(name)
  return value?.kind === 'string' && definition ? { value, definition, text: value.value } : undefined
}

/** A variable that the inventory itself sets to a plain string. */
export function ownText(host: Host, name: string): PlainText | undefined {
  const plain = plainText(host, name)
  return plain && !isOfPlaybook(plain.definition) ? plain : undefined
}

/** Whether a variable is not set in plain text, so that its default applies. */
export function isUnset(host: Host, name: string): boolean {
  const { state, definition } = host.variable(name)
  return state === 'absent' || (definition !== undefined && isOfPlaybook(definition))
}

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
  if (!definition || isOfPlaybook(definition)) return { state: 'absent' }
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

/**
 * Whether a variable is not set in plain text. If vault files could contain it, the result names them for the
 * violation. `undefined` if the variable is set, or if a broken file could contain it.
 */
export function missing(host: Host, name: string): Pick<Violation, 'unlessIn'> | undefined {
  const { state, vaults } = host.variable(name)
  return state === 'absent' ? {} : vaults && { unlessIn: vaults }
}

/** A violation if a variable has a value with a problem. Jinja and values in a vault are never wrong. */
export function whereWrong(
  host: Host,
  name: string,
  problemOf: (value: Value) => string | undefined,
): readonly Violation[] {
  const { value } = host.variable(name)
  const problem = value && !isOpaque(value) ? problemOf(value) : undefined
  return value && problem !== undefined ? [{ message: `\`${name}\` ${problem}`, place: value.place }] : []
}
