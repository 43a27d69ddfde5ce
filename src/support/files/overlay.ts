import { byCodeUnit, type FileReader, folderOf } from './files.ts'

/**
 * The files with other texts, and new ones.
 * @param texts By the path of their file. A link to this file has its text, too.
 */
export function overlaid(files: FileReader, texts: ReadonlyMap<string, string>): FileReader {
  const identity = (path: string) => files.identity(path) || path
  const contents = new Map([...texts].map(([path, text]) => [identity(path), new TextEncoder().encode(text)]))
  const added = new Set([...texts.keys()].flatMap(withFolders))
  return {
    identity,
    entry: path => {
      const real = files.entry(path)
      const content = contents.get(identity(path))
      if (content) return { ...real, kind: 'file', size: content.length }
      return real.kind === 'absent' && added.has(path) ? { ...real, kind: 'directory' } : real
    },
    read: path => contents.get(identity(path)) ?? files.read(path),
    list: path => {
      const own = [...added]
        .filter(each => folderOf(each) === path)
        .map(each => each.slice(each.lastIndexOf('/') + 1))
      return [...new Set([...files.list(path), ...own])].toSorted(byCodeUnit)
    },
  }
}

/** A path, and those of the folders above it. */
function withFolders(path: string): readonly string[] {
  return path === '' ? [] : [path, ...withFolders(folderOf(path))]
}
