import type { Place } from '../../domain/finding.ts'
import type { FileReader } from '../../support/files/files.ts'
import { joinPath } from '../../support/files/files.ts'
import { limits } from './limits.ts'

const file = '.gitmodules'
/** Far above any real repository. */
const maxSubmodules = 1000

export interface Submodule {
  readonly path: string
  /** The place in `.gitmodules`. */
  readonly place: Place
}

/** The submodules that are not checked out: their folder is empty or missing. */
export function missingSubmodules(files: FileReader): readonly Submodule[] {
  return submodulesOf(files).filter(({ path }) => isMissing(files, path))
}

export function submodulesOf(files: FileReader): readonly Submodule[] {
  const { kind, size } = files.entry(file)
  if (kind !== 'file' || size > limits.fileBytes) return []
  const lines = new TextDecoder().decode(files.read(file)).split('\n')
  const named = lines.flatMap((line, index) => {
    const [, before = '', value = ''] = /^(\s*path\s*=\s*)(\S.*?)\s*$/.exec(line.slice(0, 5000)) ?? []
    const path = joinPath(value.replace(/^"(.*)"$/, '$1'))
    if (path === undefined || path === '') return []
    const [column, endColumn] = [before.length + 1, before.length + value.length + 1]
    return [{ path, place: { file, line: index + 1, column, endLine: index + 1, endColumn } }]
  })
  return named.slice(0, maxSubmodules)
}

/** In a git tree, a submodule is a special entry. */
function isMissing(files: FileReader, path: string): boolean {
  const { kind } = files.entry(path)
  return kind === 'absent' || kind === 'special' || (kind === 'directory' && files.list(path).length === 0)
}

/** Whether two paths are equal or one contains the other. */
export function overlaps(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`)
}
