/** The kind of a path. `outside`: a link that leaves the root, or a loop of links. `special`: a FIFO, socket or device. */
type EntryKind = 'file' | 'directory' | 'absent' | 'outside' | 'special'

export interface Entry {
  readonly kind: EntryKind
  /** In bytes; 0 unless it is a file. */
  readonly size: number
  readonly executable: boolean
}

/** Reads files below one root, never outside it. Paths are relative to the root, with forward slashes. */
export interface FileReader {
  entry(path: string): Entry
  /** The bytes of a file of kind `file`. */
  read(path: string): Uint8Array
  /** An identity of a file or directory that does not depend on the links in its path. */
  identity(path: string): string
  /** The names in a directory, sorted by code unit; empty if it is not a directory. */
  list(path: string): readonly string[]
}

/** Empty where there is no such file. */
export function textIn(files: FileReader, file: string): string {
  return files.entry(file).kind === 'file' ? new TextDecoder().decode(files.read(file)) : ''
}

/** Joins and normalises repository paths; `undefined` if the result is outside the root. */
export function joinPath(...parts: readonly string[]): string | undefined {
  const whole = parts.join('/')
  if (!/(?:^|\/)\.{0,2}(?:\/|$)/.test(whole)) return whole
  const segments: string[] = []
  for (const segment of whole.split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment !== '..') segments.push(segment)
    else if (segments.pop() === undefined) return undefined
  }
  return segments.join('/')
}

/** The folder of a path; `''` for a path without a slash. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
