import { ToolkitError } from '../errors.ts'
import { git, gitNow } from '../git.ts'
import { failureLine } from '../lines.ts'
import { byCodeUnit, type Entry, type FileReader, folderOf } from './files.ts'

const absent: Entry = { kind: 'absent', size: 0, executable: false }

/** Bytes. A larger file is listed, and cannot be read. */
const largestFile = 4 * 1024 * 1024
/**
 * Bytes that are read in one call of git: all of most repositories, and as much as an inventory may have. Reading file by file would take
 * a process for each.
 */
const mostAtOnce = 64 * 1024 * 1024

interface GitObject {
  readonly entry: Entry
  readonly id: string
}

/**
 * Files as a commit of a git repository has them. Nothing is checked out or fetched, and links are not followed. Only what is asked for is
 * read, with the files around it: a repository may hold far more than an inventory.
 *
 * @param root A folder in a work tree; paths are relative to it.
 * @param ref A commit, such as `HEAD^1` or `origin/main`.
 * @throws ToolkitError of reason `input-invalid` where the commit is not there.
 */
export async function gitFiles(root: string, ref: string): Promise<FileReader> {
  const objects = objectsOf(await tree(root, ref))
  const folders = foldersOf(objects)
  const contents = new Map<string, Buffer>()
  return {
    entry: path =>
      objects.get(path)?.entry ?? (folders.has(path) ? { ...absent, kind: 'directory' } : absent),
    read(path) {
      const object = objects.get(path)
      if (!object || !isReadable(object))
        throw new Error(`not a file of the commit that can be read: ${path}`)
      const known = contents.get(object.id)
      if (known) return known
      const folder = folderAround(path, folders)
      readContents(root, folder === undefined ? [object] : objectsBelow(folder, objects), contents)
      return contents.get(object.id) ?? Buffer.alloc(0)
    },
    identity: path => path,
    list: path => [...(folders.get(path)?.names ?? [])].sort(byCodeUnit),
  }
}

const noFetch = { GIT_NO_LAZY_FETCH: '1' }

async function tree(root: string, ref: string): Promise<string> {
  if (!isPlain(ref)) throw await unknownRef(root, ref)
  const { code, stdout } = await git(root, ['ls-tree', '-r', '-l', '-z', `${ref}^{tree}`], noFetch)
  if (code !== 0) throw await unknownRef(root, ref)
  return stdout
}

function isPlain(ref: string): boolean {
  return /^[\w][\w./^~@{}-]*$/.test(ref)
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

function isReadable({ entry }: GitObject): boolean {
  return entry.kind === 'file' && entry.size <= largestFile
}

interface Folder {
  readonly names: Set<string>
  /** Of all files in it and below that can be read. */
  bytes: number
}

function foldersOf(objects: ReadonlyMap<string, GitObject>): ReadonlyMap<string, Folder> {
  const folders = new Map<string, Folder>([['', { names: new Set(), bytes: 0 }]])
  for (const [path, object] of objects) {
    for (let child = path; child !== ''; child = folderOf(child)) {
      const name = folderOf(child)
      const folder = folders.get(name) ?? { names: new Set(), bytes: 0 }
      folders.set(name, folder)
      folder.names.add(child.slice(name === '' ? 0 : name.length + 1))
      if (isReadable(object)) folder.bytes += object.entry.size
    }
  }
  return folders
}

/** The folder around a file that is read with it: the largest that can be read at once. Undefined where there is none. */
function folderAround(path: string, folders: ReadonlyMap<string, Folder>): string | undefined {
  const names = path.split('/')
  const above = names.map((_, count) => names.slice(0, count).join('/'))
  return above.find(each => (folders.get(each)?.bytes ?? 0) <= mostAtOnce)
}

function objectsBelow(folder: string, objects: ReadonlyMap<string, GitObject>): readonly GitObject[] {
  const start = folder === '' ? '' : `${folder}/`
  return [...objects].filter(([path]) => path.startsWith(start)).map(([, object]) => object)
}

/** Adds the bytes of files to `contents`, by their ids. */
function readContents(root: string, objects: readonly GitObject[], contents: Map<string, Buffer>): void {
  const sizes = new Map(objects.filter(isReadable).map(({ id, entry }) => [id, entry.size]))
  const ids = [...sizes.keys()].map(id => `${id}\n`).join('')
  const { code, bytes } = gitNow(root, ['cat-file', '--batch', '--buffer'], ids, noFetch)
  if (code !== 0) throw missing()
  let at = 0
  for (const [id, size] of sizes) {
    const header = Buffer.from(`${id} blob ${size}\n`)
    const start = at + header.length
    if (!bytes.subarray(at, start).equals(header)) throw missing()
    contents.set(id, bytes.subarray(start, start + size))
    at = start + size + 1
  }
}

async function unknownRef(root: string, ref: string): Promise<ToolkitError> {
  const { code, stderr } = await git(root, ['rev-parse', '--git-dir'])
  if (code === 0) return missing(isShown(ref) ? ` \`${ref}\`` : '')
  return new ToolkitError({
    reason: 'input-invalid',
    what: `There is nothing to compare with: git cannot read a repository here (${failureLine(stderr)}).`,
    where: root,
    remedy: 'Use a clone of the repository, or leave `base-ref` out.',
  })
}

/** Not what may be a secret that was given to the wrong input. */
function isShown(ref: string): boolean {
  return isPlain(ref) && (ref.length <= 15 || /^[0-9a-f]{40}$/.test(ref))
}

/** @param name The commit, after a space; it can be empty. */
function missing(name = ''): ToolkitError {
  return new ToolkitError({
    reason: 'input-invalid',
    what: `The commit${name} of the input \`base-ref\` is not in this clone, or not all of it.`,
    where: 'the input `base-ref`',
    remedy:
      'Set `fetch-depth: 2` on actions/checkout for `HEAD^1` of a pull request, or leave `base-ref` out.',
  })
}
