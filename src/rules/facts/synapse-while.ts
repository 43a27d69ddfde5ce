import { removeVariable, replaceValue, withFix } from '../kit/fix.ts'
import type { HostContext, Offence } from '../kit/rule.ts'
import { switchAt } from './switches.ts'

/** An offence where a switch is on, with the fix that turns it off. */
export function turnOff({ host }: HostContext, name: string, what: string): readonly Offence[] {
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
export function takeAway({ host }: HostContext, name: string, what: string): readonly Offence[] {
  const { state, place, definition } = switchAt(host, name)
  if (state !== 'on') return []
  return [{ message: `\`${name}\` ${what}`, ...(place && { place }), ...withFix(removeVariable(definition)) }]
}
