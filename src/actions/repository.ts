import type { InventoryOptions } from '../inventory/host-variables.ts'
import type { Inventory } from '../inventory/inventory.ts'
import { readInventory } from '../inventory/read-inventory.ts'
import { diskFiles } from '../support/files/disk-files.ts'
import type { FileReader } from '../support/files/files.ts'
import { gitFiles } from '../support/files/git-files.ts'

/** The operator's repository. All actions of one run share its files, so that each inventory is read once. */
export class Repository {
  /** Absolute path. */
  readonly root: string
  readonly files: FileReader
  readonly #commits = new Map<string, Promise<FileReader>>()

  constructor(root: string) {
    this.root = root
    this.files = diskFiles(root)
  }

  /** The files of a commit. Rejects as `gitFiles`. */
  at(ref: string): Promise<FileReader> {
    const files = this.#commits.get(ref) ?? gitFiles(this.root, ref)
    this.#commits.set(ref, files)
    return files
  }
}

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
