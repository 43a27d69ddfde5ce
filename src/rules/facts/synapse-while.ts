import { removeVariable, replaceValue, withFix } from '../kit/fix.ts'
import type { HostContext, Violation } from '../kit/rule.ts'
import { switchAt } from './switches.ts'

/** A violation where a switch is on, with the fix that turns it off. */
export function turnOff({ host }: HostContext, name: string, what: string): readonly Violation[] {
  const { state, place, definition } = switchAt(host, name)
  if (state !== 'on') return []
  return [
    {
      message: `\`${name}\` ${what}`,
      ...(place && { place }),
      ...withFix(replaceValue(definition, 'false')),
    },
  ]
}

/** The same, where the line is to go. */
export function removeLine({ host }: HostContext, name: string, what: string): readonly Violation[] {
  const { state, place, definition } = switchAt(host, name)
  if (state !== 'on') return []
  return [{ message: `\`${name}\` ${what}`, ...(place && { place }), ...withFix(removeVariable(definition)) }]
}
