import type { Place } from '../../domain/finding.ts'
import type { Inventory } from '../../inventory/inventory.ts'
import type { FileReader } from '../../support/files/files.ts'

/** The text of a file without byte order mark; `undefined` if it is not a file of the repository. */
export function fileText(files: FileReader, file: string): string | undefined {
  return files.entry(file).kind === 'file' ? new TextDecoder().decode(files.read(file)) : undefined
}

/** The source text at a place, for details that values do not keep, such as Jinja. */
export function sourceAt(files: FileReader, place: Place): string | undefined {
  const { line, column, endLine = line, endColumn = column } = place
  const lines = fileText(files, place.file)
    ?.split('\n')
    .slice(line - 1, endLine)
  if (!lines || lines.length === 0) return undefined
  const last = lines.length - 1
  lines[last] = (lines[last] ?? '').slice(0, endColumn - 1)
  lines[0] = (lines[0] ?? '').slice(column - 1)
  return lines.join('\n')
}

/** If part of the inventory was not read, a missing group or host may be in that part. */
export function isReadWhole({ problems }: Inventory): boolean {
  return !problems.some(({ severity }) => severity === 'error')
}
