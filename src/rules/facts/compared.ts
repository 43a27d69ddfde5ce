import type { PlaybookVariables } from '../../playbook/variables.ts'
import type { InventoryContext, Offence } from '../kit/rule.ts'
import { type Written, written } from './written.ts'

/** A check that holds everything the inventory sets for hosts of the playbook against the variables of the checkout. */
export function compared(offences: (found: Written, playbook: PlaybookVariables) => readonly Offence[]) {
  return ({ hosts, checkout }: InventoryContext): readonly Offence[] => {
    const playbook = checkout?.variables
    if (!playbook) return []
    return [...written(hosts)].flatMap(found => offences(found, playbook))
  }
}
