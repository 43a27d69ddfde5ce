import type { PlaybookVariables } from '../../playbook/variables.ts'
import type { InventoryContext, Violation } from '../kit/rule.ts'
import { type Written, written } from './written.ts'

/** A check that compares all variables of the inventory with the variables of the checkout. */
export function compared(violations: (each: Written, playbook: PlaybookVariables) => readonly Violation[]) {
  return ({ hosts, checkout }: InventoryContext): readonly Violation[] => {
    const playbook = checkout?.variables
    if (!playbook) return []
    return [...written(hosts)].flatMap(each => violations(each, playbook))
  }
}
