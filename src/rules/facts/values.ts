import type { Place, Suggestion } from '../../domain/finding.ts'
import { type Definition, isOfPlaybook } from '../../inventory/definition.ts'
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
  /** What decides it, for messages. */
  readonly subject: string
  /** `absent`: not set in plain text; `unclear`: Jinja, in a vault, or not a boolean. */
  readonly state: 'on' | 'off' | 'absent' | 'unclear'
  readonly place?: Place
  /** The definition in the inventory. Definitions of the playbook are ignored. */
  readonly definition?: Definition
}

/** How the inventory sets a boolean variable for a host. Values of the playbook are ignored. */
export function switchAt(host: Host, name: string): Switch {
  return switchOf(name, host.variable(name).definition)
}

function switchOf(name: string, definition: Definition | undefined): Switch {
  const subject = subjectOf({ name, definition })
  if (!definition || isOfPlaybook(definition)) return { state: 'absent', subject }
  const { value } = definition
  const truth = truthOf(value)
  const state = typeof truth !== 'boolean' ? 'unclear' : truth ? 'on' : 'off'
  return { state, subject, place: value.place, definition }
}

/** What decides a setting, for messages: its variable, or a key of an extension. */
export function subjectOf({
  name,
  definition,
}: {
  readonly name: string
  readonly definition?: Definition | undefined
}): string {
  return definition?.inExtension ?? `\`${name}\``
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
  return names.flatMap(name => violationsOn([switchAt(host, name)], what, fix))
}

/** The same for a switch that the playbook refuses, even if an extension turns it off. */
export function whereOnAnywhere(
  { host }: Pick<HostContext, 'host'>,
  name: string,
  what: string,
  fix?: SwitchFix,
): readonly Violation[] {
  const own = ownDefinition(host, name)
  const isOverridden = own !== host.variable(name).definition
  return violationsOn([switchAt(host, name), ...(isOverridden ? [switchOf(name, own)] : [])], what, fix)
}

/** The definition of the variable itself, even if an extension overrides it: the playbook's own checks see only this. */
export function ownDefinition(host: Host, name: string): Definition | undefined {
  const { definition, overridden } = host.variable(name)
  return definition?.inExtension === undefined ? definition : overridden[0]
}

function violationsOn(
  switches: readonly Switch[],
  what: string,
  fix: SwitchFix | undefined,
): readonly Violation[] {
  return switches
    .filter(({ state }) => state === 'on')
    .map(({ subject, place, definition }) => ({
      message: `${subject} ${what}`,
      place,
      suggestion: fix?.(definition),
    }))
}

/**
 * Whether a variable is not set in plain text. If vault files could contain it, the result names them for the
 * violation. `undefined` if the variable is set, or if a broken file could contain it.
 */
export function missing(host: Host, name: string): Pick<Violation, 'unlessIn'> | undefined {
  const { definition, hiddenIn, vaults } = host.variable(name)
  if (definition && !isOfPlaybook(definition)) return undefined
  return vaults ? { unlessIn: vaults } : hiddenIn.length > 0 ? undefined : {}
}

/** A violation if a variable has a value with a problem. Jinja and values in a vault are never wrong. */
export function whereWrong(
  host: Host,
  name: string,
  problemOf: (value: Value) => string | undefined,
): readonly Violation[] {
  const variable = host.variable(name)
  const { value } = variable
  const problem = value && !isOpaque(value) ? problemOf(value) : undefined
  return value && problem !== undefined
    ? [{ message: `${subjectOf(variable)} ${problem}`, place: value.place }]
    : []
}
