import { type FileReader, joinPath } from '../support/files/files.ts'

/** How much of a checkout is read; the playbook with all its roles is below a tenth of it. */
const limits = { fileBytes: 4 * 1024 * 1024, bytes: 100 * 1024 * 1024, files: 50_000, depth: 12 }

/** Reads texts of a checkout, which may come from a pull request: so much, and no link out of it. */
export class RoleFiles {
  private readonly files: FileReader
  private bytes = 0
  private count = 0
  /** Whether something was left out, so that what is not found may be there all the same. */
  incomplete = false

  constructor(files: FileReader) {
    this.files = files
  }

  /** The folders of roles, such as `roles/custom/matrix-synapse`. */
  roles(): readonly string[] {
    const owners = this.foldersIn('roles')
    return owners.flatMap(owner => this.foldersIn(owner))
  }

  /** A folder behind a link out of the checkout is not read. */
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

  /** A file's text; empty where it is none. What is no UTF-8 is read as far as it goes. */
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
