import { diskFiles } from '../support/files/disk-files.ts'
import type { FileReader } from '../support/files/files.ts'
import { gitFiles } from '../support/files/git-files.ts'

/** The operator's repository. All actions of one run share its files, so that each inventory is read once. */
export class Repository {
  /** Absolute path. */
  readonly root: string
  readonly files: FileReader
  readonly #commits = new Map<string, Promise<FileReader>>()

  constructor(root: string) {
    this.root = root
    this.files = diskFiles(root)
  }

  /** The files of a commit. Rejects as `gitFiles`. */
  at(ref: string): Promise<FileReader> {
    const files = this.#commits.get(ref) ?? gitFiles(this.root, ref)
    this.#commits.set(ref, files)
    return files
  }
}
