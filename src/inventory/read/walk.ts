import type { FileReader } from '../../support/files/files.ts'
import { limits } from './limits.ts'
import { problem, ReadingProblem } from './problem.ts'
import { startOf } from './source-text.ts'

/** Which names of a folder are files to read, which are folders to enter. */
export type Choice = (name: string, isFolder: boolean) => boolean

/**
 * The files below a folder, in the order in which Ansible reads them: by name, a folder where its name stands.
 *
 * @param visit Called for each file, and for a folder that cannot be entered, with what is wrong with it.
 */
export function walk(
  files: FileReader,
  folder: string,
  wanted: Choice,
  visit: (path: string, wrong?: ReadingProblem) => void,
  above: readonly string[] = [],
): void {
  const identity = files.identity(folder)
  if (above.includes(identity) || above.length >= limits.folderDepth) {
    const what = above.includes(identity) ? 'links to a folder that it lies in' : 'is nested too deeply'
    visit(folder, new ReadingProblem(problem('inventory/limit', `${folder} ${what}`, startOf(folder))))
    return
  }
  for (const name of files.list(folder)) {
    const child = folder === '' ? name : `${folder}/${name}`
    const isFolder = files.entry(child).kind === 'directory'
    if (!wanted(name, isFolder)) continue
    if (isFolder) walk(files, child, wanted, visit, [...above, identity])
    else visit(child)
  }
}
