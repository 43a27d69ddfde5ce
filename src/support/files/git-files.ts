import { ToolkitError } from '../errors.ts'
import { git } from '../git.ts'
import { byCodeUnit, type Entry, type FileReader, folderOf } from './files.ts'

const absent: Entry = { kind: 'absent', size: 0, executable: false }

/** Bytes. A larger file is listed, and cannot be read. */
const largestFile = 4 * 1024 * 1024
/** Bytes of all files; they are held in memory. */
const mostBytes = 256 * 1024 * 1024
/** Objects in one call of git: the system limits the length of a command. */
const mostWords = 10_000

interface GitObject {
  readonly entry: Entry
  readonly id: string
}

/**
 * Files as a commit of a git repository has them. Nothing is checked out or fetched, and links are not followed.
 *
 * @param root A folder in a work tree; paths are relative to it.
 * @param ref A commit, such as `HEAD^1` or `origin/main`.
 * @throws ToolkitError of reason `input-invalid` where the commit is not there, or too large.
 */
export async function gitFiles(root: string, ref: string): Promise<FileReader> {
  const objects = objectsOf(await tree(root, ref))
  const contents = await contentsOf(root, objects)
  const folders = new Map<string, Set<string>>([['', new Set()]])
  for (const path of objects.keys()) {
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
      const content = contents.get(objects.get(path)?.id ?? '')
      if (!content) throw new Error(`not a file of the commit that can be read: ${path}`)
      return content
    },
    identity: path => path,
    list: path => [...(folders.get(path) ?? [])].sort(byCodeUnit),
  }
}

/** Fetches nothing. */
async function gitOrThrow(root: string, argv: readonly string[]): Promise<Buffer> {
  const { code, bytes } = await git(root, argv, { GIT_NO_LAZY_FETCH: '1' })
  if (code !== 0) throw unknownRef()
  return bytes
}

async function tree(root: string, ref: string): Promise<string> {
  if (!/^[\w][\w./^~@{}-]*$/.test(ref)) throw unknownRef()
  return (await gitOrThrow(root, ['ls-tree', '-r', '-l', '-z', `${ref}^{tree}`])).toString('utf8')
}

function objectsOf(tree: string): ReadonlyMap<string, GitObject> {
  const objects = new Map<string, GitObject>()
  for (const line of tree.split('\0')) {
    const match = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t([\s\S]+)$/.exec(line)
    if (!match) continue
    const [, mode = '', id = '', size = '', path = ''] = match
    objects.set(path, { entry: entryOf(mode, size), id })
  }
  return objects
}

function entryOf(mode: string, size: string): Entry {
  if (mode === '120000') return { ...absent, kind: 'outside' }
  if (!mode.startsWith('100')) return { ...absent, kind: 'special' }
  return { kind: 'file', size: Number(size), executable: mode === '100755' }
}

async function contentsOf(
  root: string,
  objects: ReadonlyMap<string, GitObject>,
): Promise<ReadonlyMap<string, Buffer>> {
  const files = [...objects.values()].filter(
    ({ entry }) => entry.kind === 'file' && entry.size <= largestFile,
  )
  if (files.reduce((sum, { entry }) => sum + entry.size, 0) > mostBytes) throw tooLarge()
  const sizes = new Map(files.map(({ id, entry }) => [id, entry.size]))
  const ids = [...sizes.keys()]
  const contents = new Map<string, Buffer>()
  for (let first = 0; first < ids.length; first += mostWords) {
    const some = ids.slice(first, first + mostWords)
    // The bytes of all of them, one after the other.
    const bytes = await gitOrThrow(root, ['show', ...some])
    let at = 0
    for (const id of some) {
      const end = at + (sizes.get(id) ?? 0)
      contents.set(id, bytes.subarray(at, end))
      at = end
    }
    if (at !== bytes.length) throw unknownRef()
  }
  return contents
}

function unknownRef(): ToolkitError {
  return new ToolkitError({
    reason: 'input-invalid',
    what: 'The commit of the input `base-ref` is not in this clone, or not all of it.',
    where: 'the input `base-ref`',
    remedy:
      'Set `fetch-depth: 2` on actions/checkout for `HEAD^1` of a pull request, or leave `base-ref` out.',
  })
}

function tooLarge(): ToolkitError {
  return new ToolkitError({
    reason: 'input-invalid',
    what: `The files of the commit of \`base-ref\` are larger than ${mostBytes / 1024 / 1024} MiB.`,
    where: 'the input `base-ref`',
    remedy: 'Check out that commit into a folder, and set `base-path` instead.',
  })
}
