import type { Inventory } from '../../inventory/inventory.ts'

/** Whether the whole inventory was read. If Ansible would stop, nothing can be concluded from what is missing. */
export function isReadWhole({ problems }: Inventory): boolean {
  return !problems.some(({ severity }) => severity === 'error')
}
