import type { Inventory } from '../../inventory/inventory.ts'

/** If part of the inventory was not read, a missing group or host may be in that part. */
export function isReadWhole({ problems }: Inventory): boolean {
  return !problems.some(({ severity }) => severity === 'error')
}
