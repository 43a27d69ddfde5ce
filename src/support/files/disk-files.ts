import { lstatSync, readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { byCodeUnit, type Entry, type FileReader, folderOf, joinPath } from './files.ts'
import { codeOf, reading } from './reading.ts'

/** An entry, and its path on disk with all links resolved; `''` if there is nothing to read. */
interface Found {
  readonly entry: Entry
  readonly real: string
}

const nothing = { size: 0, executable: false } as const
const absent: Found = { entry: { ...nothing, kind: 'absent' }, real: '' }
const outside: Found = { entry: { ...nothing, kind: 'outside' }, real: '' }

/**
 * Files of a folder on disk. Links are followed if they stay inside it. Folders are looked up once.
 *
 * @param root An existing folder.
 */
export function diskFiles(root: string): FileReader {
  const top = realpathSync.native(resolve(root))
  const under = top === '/' ? top : `${top}/`
  const folders = new Map<string, Found>([['', { entry: { ...nothing, kind: 'directory' }, real: top }]])
  let last = { path: '', found: absent }

  function find(path: string): Found {
    if (last.path === path && path !== '') return last.found
    const found = lookUp(path)
    last = { path, found }
    return found
  }

  function lookUp(path: string): Found {
    const normal = joinPath(path)
    if (normal === undefined) return outside
    const known = folders.get(normal)
    if (known) return known
    const parent = find(folderOf(normal))
    if (parent.entry.kind === 'outside') return outside
    if (parent.entry.kind !== 'directory') return absent
    const name = normal.slice(normal.lastIndexOf('/') + 1)
    const found = at(parent.real === '/' ? `/${name}` : `${parent.real}/${name}`)
    if (found.entry.kind === 'directory') folders.set(normal, found)
    return found
  }

  /** A broken link, or a loop of links, exists as an entry. */
  function at(path: string): Found {
    const stat = lstat(path)
    if (!stat) return absent
    if (!stat.isSymbolicLink()) return { entry: entryOf(stat), real: path }
    const real = realPath(path)
    if (real === undefined || (real !== top && !real.startsWith(under))) return outside
    return { entry: entryOf(statSync(real)), real }
  }

  return {
    entry: path => find(path).entry,
    read(path) {
      const { entry, real } = find(path)
      if (entry.kind !== 'file') throw new Error(`not a file inside the folder: ${path}`)
      return reading(real, () => readFileSync(real))
    },
    identity: path => find(path).real,
    list(path) {
      const { entry, real } = find(path)
      return entry.kind === 'directory' ? reading(real, () => readdirSync(real)).sort(byCodeUnit) : []
    },
  }
}

function entryOf(stat: Stats): Entry {
  if (stat.isDirectory()) return { ...nothing, kind: 'directory' }
  if (!stat.isFile()) return { ...nothing, kind: 'special' }
  return { kind: 'file', size: stat.size, executable: (stat.mode & 0o111) !== 0 }
}

/** The entry itself, without following links; `undefined` if it cannot exist. */
function lstat(path: string): Stats | undefined {
  return reading(path, () => {
    try {
      return lstatSync(path, { throwIfNoEntry: false })
    } catch (error) {
      if (codeOf(error) === 'ENAMETOOLONG' || codeOf(error) === 'ENOTDIR') return undefined
      throw error
    }
  })
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path)
  } catch {
    return undefined
  }
}
