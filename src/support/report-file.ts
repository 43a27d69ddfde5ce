import { closeSync, constants, mkdirSync, openSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { ToolkitError } from './errors.ts'
import { isBelow, requireFolders } from './files/folders.ts'
import { codeOf } from './files/reading.ts'

const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants

/** Where a job may write reports: its workspace, and the runner's temporary folder. */
interface Job {
  readonly repository: { readonly root: string }
  readonly environment: { readonly RUNNER_TEMP?: string | undefined }
}

/**
 * Writes a report, with the folders above it, and through no link: a pull request can put one into the workspace. Does nothing where
 * no path is given.
 * @param path relative to the workspace, if it is not absolute.
 * @throws ToolkitError of reason `input-invalid` or `checkout-unsupported`.
 */
export function writeReport({ repository, environment }: Job, path: string | undefined, text: string): void {
  if (path === undefined) return
  const file = resolve(repository.root, path)
  const root = [repository.root, environment.RUNNER_TEMP || repository.root].find(each => isBelow(each, file))
  if (root === undefined) throw unwritable('A report', file, 'the path leaves the workspace')
  writeBelow(root, file, text, 'A report')
}

/**
 * Writes a file below a folder, with the folders above it, and through no link.
 * @param content What the file is, for the error, such as `A report`.
 * @throws ToolkitError of reason `input-invalid` or `checkout-unsupported`.
 */
export function writeBelow(root: string, file: string, text: string, content: string): void {
  requireFolders(root, dirname(file), content)
  try {
    mkdirSync(dirname(file), { recursive: true })
    const descriptor = openSync(file, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW)
    try {
      writeFileSync(descriptor, text)
    } finally {
      closeSync(descriptor)
    }
  } catch (cause) {
    const code = codeOf(cause) ?? 'unknown error'
    throw unwritable(content, file, code === 'ELOOP' ? 'it is a link' : code, cause)
  }
}

function unwritable(content: string, file: string, why: string, cause?: unknown): ToolkitError {
  return new ToolkitError({
    reason: 'input-invalid',
    what: `${content} cannot be written (${why}).`,
    where: file,
    remedy: 'Name a file in a folder of the workspace that can be written to.',
    cause,
  })
}
