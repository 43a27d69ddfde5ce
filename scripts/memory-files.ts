import { byCodeUnit, type FileReader, folderOf } from '../src/support/files/files.ts'

/** Files from texts by path, for examples and tests. */
export function memoryFiles(files: Readonly<Record<string, string | Uint8Array>>): FileReader {
  const contents = new Map<string, Uint8Array>()
  const folders = new Map<string, Set<string>>([['', new Set()]])
  for (const [path, content] of Object.entries(files)) {
    contents.set(path, typeof content === 'string' ? new TextEncoder().encode(content) : content)
    for (let child = path; child !== ''; child = folderOf(child)) {
      const folder = folderOf(child)
      const names = folders.get(folder) ?? new Set()
      folders.set(folder, names.add(child.slice(folder === '' ? 0 : folder.length + 1)))
    }
  }
  return {
    entry(path) {
      const size = contents.get(path)?.length
      if (size !== undefined) return { kind: 'file', size, executable: false }
      return { kind: folders.has(path) ? 'directory' : 'absent', size: 0, executable: false }
    },
    read(path) {
      const content = contents.get(path)
      if (!content) throw new Error(`no such file: ${path}`)
      return content
    },
    identity: path => path,
    list: path => [...(folders.get(path) ?? [])].sort(byCodeUnit),
  }
}
