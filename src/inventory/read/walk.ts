import type { FileReader } from '../../support/files/files.ts'
import { limits } from './limits.ts'
import { ReadingProblem, startOf } from './problem.ts'

/** Whether to read a file or enter a folder. */
export type Choice = (name: string, isFolder: boolean) => boolean

/**
 * The files below a folder in Ansible's order: files and folders sorted by name.
 *
 * @param visit Called for each file, and with a problem for each folder that cannot be entered.
 */
export function walk(
  files: FileReader,
  folder: string,
  choose: Choice,
  visit: (path: string, refusal?: ReadingProblem) => void,
  ancestors: readonly string[] = [],
): void {
  const identity = files.identity(folder)
  if (ancestors.includes(identity) || ancestors.length >= limits.folderDepth) {
    const what = ancestors.includes(identity) ? 'links to a folder that contains it' : 'is nested too deeply'
    visit(folder, new ReadingProblem('inventory/limit', `${folder} ${what}`, startOf(folder)))
    return
  }
  for (const name of files.list(folder)) {
    const child = folder === '' ? name : `${folder}/${name}`
    const isFolder = files.entry(child).kind === 'directory'
    if (!choose(name, isFolder)) continue
    if (isFolder) walk(files, child, choose, visit, [...ancestors, identity])
    else visit(child)
  }
}
