import { removeVariable, replaceValue } from '../kit/fix.ts'
import type { HostContext, Violation } from '../kit/rule.ts'
import { switchAt } from './switches.ts'

/** A violation if a switch is on, with a fix that sets it to `false`. */
export function turnOff({ host }: HostContext, name: string, what: string): readonly Violation[] {
  const { state, place, definition } = switchAt(host, name)
  if (state !== 'on') return []
  return [{ message: `\`${name}\` ${what}`, place, suggestion: replaceValue(definition, 'false') }]
}

/** The same, with a fix that removes the line. */
export function withoutLine({ host }: HostContext, name: string, what: string): readonly Violation[] {
  const { state, place, definition } = switchAt(host, name)
  if (state !== 'on') return []
  return [{ message: `\`${name}\` ${what}`, place, suggestion: removeVariable(definition) }]
}
