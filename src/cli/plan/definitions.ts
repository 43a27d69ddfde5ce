import { type Definition, isOfPlaybook } from '../../inventory/definition.ts'
import type { Host } from '../../inventory/inventory.ts'

export const isSame =
  ({ namePlace: { file, line } }: Definition) =>
  ({ namePlace }: Definition) =>
    namePlace.file === file && namePlace.line === line

/** Where the inventory sets it. */
export function definitionsOf(host: Host, name: string): readonly Definition[] {
  const { definition, overridden } = host.variable(name)
  return [definition, ...overridden].flatMap(each => (each && !isOfPlaybook(each) ? [each] : []))
}
