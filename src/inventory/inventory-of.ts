import type { FileReader } from '../support/files/files.ts'
import type { InventoryOptions } from './host-variables.ts'
import type { Inventory } from './inventory.ts'
import { readInventory } from './read-inventory.ts'

const inventories = new WeakMap<FileReader, Map<string, Inventory>>()

/** The same as `readInventory`, but reads once for the same files, paths, extra variables and folder of the playbook. */
export function inventoryOf(
  files: FileReader,
  path: string | readonly string[],
  options: InventoryOptions = {},
): Inventory {
  const { playbook, extraVars = {} } = options
  const key = JSON.stringify([[path].flat(), playbook?.label, extraVars])
  const known = inventories.get(files) ?? new Map<string, Inventory>()
  const inventory = known.get(key) ?? readInventory(path, files, options)
  inventories.set(files, known.set(key, inventory))
  return inventory
}

/** The inventory at the paths that exist; `undefined` where none does. */
export function inventoryAmong(
  files: FileReader,
  path: string | readonly string[],
  options: InventoryOptions = {},
): Inventory | undefined {
  const there = [path].flat().filter(each => files.entry(each).kind !== 'absent')
  return there.length === 0 ? undefined : inventoryOf(files, there, options)
}
