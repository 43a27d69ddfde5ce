import type { HostContext, Violation } from '../kit/rule.ts'
import { switchAt } from './switches.ts'

/** A violation for each switch that is on. Playbook versions use different names for a service. */
export function whereOn({ host }: HostContext, names: readonly string[], what: string): readonly Violation[] {
  return names.flatMap(name => {
    const { state, place } = switchAt(host, name)
    return state === 'on' ? [{ message: `\`${name}\` ${what}`, place }] : []
  })
}
