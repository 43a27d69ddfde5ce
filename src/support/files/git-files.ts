import { ToolkitError } from '../errors.ts'
import { byCodeUnit, type Entry, type FileReader, folderOf } from './files.ts'
import { git } from './git.ts'

const absent: Entry = { kind: 'absent', size: 0, executable: false }

/**
 * Files as a commit of a git repository has them; nothing is checked out, and nothing fetched. Links are not followed.
 *
 * @param root A folder in a work tree; paths are relative to it.
 * @param ref A commit, such as `HEAD^1` or `origin/main`.
 * @throws ToolkitError of reason `input-invalid` where the commit is not there.
 */
export function gitFiles(root: string, ref: string): FileReader {
  const objects = new Map<string, { entry: Entry; object: string }>()
  const folders = new Map<string, Set<string>>([['', new Set()]])
  for (const line of tree(root, ref).split('\0')) {
    const match = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t([\s\S]+)$/.exec(line)
    if (!match) continue
    const [, mode = '', object = '', size = '', path = ''] = match
    objects.set(path, { entry: entryOf(mode, size), object })
    for (let child = path; child !== ''; child = folderOf(child)) {
      const folder = folderOf(child)
      const names = folders.get(folder) ?? new Set<string>()
      folders.set(folder, names.add(child.slice(folder === '' ? 0 : folder.length + 1)))
    }
  }
  return {
    entry: path =>
      objects.get(path)?.entry ?? (folders.has(path) ? { ...absent, kind: 'directory' } : absent),
    read(path) {
      const found = objects.get(path)
      if (found?.entry.kind !== 'file') throw new Error(`not a file of the commit: ${path}`)
      return git(root, ['cat-file', 'blob', found.object])
    },
    identity: path => path,
    list: path => [...(folders.get(path) ?? [])].sort(byCodeUnit),
  }
}

function entryOf(mode: string, size: string): Entry {
  if (mode === '120000') return { ...absent, kind: 'outside' }
  if (!mode.startsWith('100')) return { ...absent, kind: 'special' }
  return { kind: 'file', size: Number(size), executable: mode === '100755' }
}

function tree(root: string, ref: string): string {
  if (!/^[\w][\w./^~@{}-]*$/.test(ref)) throw unknownRef(undefined)
  try {
    return git(root, ['ls-tree', '-r', '-l', '-z', `${ref}^{tree}`]).toString('utf8')
  } catch (error) {
    throw unknownRef(error)
  }
}

function unknownRef(cause: unknown): ToolkitError {
  return new ToolkitError({
    kind: 'input',
    reason: 'input-invalid',
    what: 'The commit of the input `base-ref` is not in this clone.',
    where: 'the input `base-ref`',
    remedy:
      'Have actions/checkout fetch it (`fetch-depth: 2` for `HEAD^1` of a pull request), or leave the input out.',
    cause,
  })
}
