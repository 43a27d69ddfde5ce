import { lstatSync, readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { byCodeUnit, type Entry, type FileReader, joinPath } from './files.ts'

const absent: Entry = { kind: 'absent', size: 0, executable: false }
const outside: Entry = { ...absent, kind: 'outside' }

/**
 * Files of a folder on disk. Links are followed where they stay inside of it.
 *
 * @param root An existing folder.
 */
export function diskFiles(root: string): FileReader {
  const top = realpathSync.native(resolve(root))
  const under = top === '/' ? top : `${top}/`
  const isInside = (path: string): boolean => path === top || path.startsWith(under)
  const full = (path: string): string | undefined => {
    const normal = joinPath(path)
    return normal === undefined ? undefined : normal === '' ? top : under + normal
  }

  function entry(path: string): Entry {
    const place = full(path)
    if (place === undefined) return outside
    const stat = lstat(place)
    if (!stat) return absent
    const real = stat === 'loop' ? undefined : realPath(place)
    if (stat === 'loop' || real === undefined || !isInside(real)) return outside
    return entryOf(stat.isSymbolicLink() ? statSync(real) : stat)
  }

  const realOf = (path: string): string => realpathSync.native(full(path) ?? top)
  return {
    entry,
    read(path) {
      if (entry(path).kind !== 'file') throw new Error(`not a file inside the folder: ${path}`)
      return readFileSync(realOf(path))
    },
    identity: realOf,
    list: path => (entry(path).kind === 'directory' ? readdirSync(realOf(path)).sort(byCodeUnit) : []),
  }
}

function entryOf(stat: Stats): Entry {
  if (stat.isDirectory()) return { ...absent, kind: 'directory' }
  if (!stat.isFile()) return { ...absent, kind: 'special' }
  return { kind: 'file', size: stat.size, executable: (stat.mode & 0o111) !== 0 }
}

/** What stands at a path itself; `loop` where a link in a circle is on the way. */
function lstat(path: string): Stats | 'loop' | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false })
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ELOOP' ? 'loop' : undefined
  }
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path)
  } catch {
    return undefined
  }
}
