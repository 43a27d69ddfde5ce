import { type FileReader, joinPath } from '../support/files/files.ts'

/** Limits of reading. The playbook with all its roles stays below a tenth of each. */
const limits = { fileBytes: 4 * 1024 * 1024, bytes: 100 * 1024 * 1024, files: 50_000, depth: 12 }

/** Reads texts of a checkout, which may come from a pull request: up to the limits, and without links out of it. */
export class RoleFiles {
  private readonly files: FileReader
  private bytes = 0
  private count = 0
  /** Whether files were skipped, so that a missing name may still exist. */
  incomplete = false

  constructor(files: FileReader) {
    this.files = files
  }

  /** The folders of roles, such as `roles/custom/matrix-synapse`. */
  roles(): readonly string[] {
    const owners = this.foldersIn('roles')
    return owners.flatMap(owner => this.foldersIn(owner))
  }

  /** Skips folders behind links out of the checkout. */
  private foldersIn(folder: string): readonly string[] {
    return this.files
      .list(folder)
      .map(name => `${folder}/${name}`)
      .filter(path => {
        const { kind } = this.files.entry(path)
        if (kind === 'outside') this.incomplete = true
        return kind === 'directory'
      })
  }

  /** A file's text, or an empty text if there is no file. Invalid UTF-8 is replaced. */
  text(path: string): string {
    const { kind, size } = this.files.entry(path)
    if (kind !== 'file') return ''
    this.count += 1
    this.bytes += size
    if (size > limits.fileBytes || this.bytes > limits.bytes || this.count > limits.files) {
      this.incomplete = true
      return ''
    }
    return new TextDecoder().decode(this.files.read(path))
  }

  /** Every file below a folder, or the file itself. */
  *below(path: string, seen = new Set<string>(), depth = 0): Generator<string> {
    const { kind } = this.files.entry(path)
    if (kind === 'file') yield path
    if (kind !== 'directory') return
    const identity = this.files.identity(path)
    if (seen.has(identity)) return
    seen.add(identity)
    if (depth > limits.depth || seen.size > limits.files) {
      this.incomplete = true
      return
    }
    for (const name of this.files.list(path)) {
      const child = joinPath(path, name)
      if (child !== undefined) yield* this.below(child, seen, depth + 1)
    }
  }
}
