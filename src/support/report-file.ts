import { closeSync, constants, mkdirSync, openSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { ToolkitError } from './errors.ts'
import { isBelow, requireFolders } from './files/folders.ts'
import { codeOf } from './files/reading.ts'

const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants

/**
 * Writes a report below the root, with the folders above it, and through no link: a pull request can put one there. Does nothing
 * where no path is given.
 * @throws ToolkitError of reason `input-invalid` or `checkout-unsupported`.
 */
export function writeReport(root: string, path: string | undefined, text: string): void {
  if (path === undefined) return
  const file = resolve(root, path)
  if (!isBelow(root, file)) throw unwritable(file, 'the path leaves the workspace')
  requireFolders(root, dirname(file), 'A report')
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
    throw unwritable(file, code === 'ELOOP' ? 'it is a link' : code, cause)
  }
}

function unwritable(file: string, why: string, cause?: unknown): ToolkitError {
  return new ToolkitError({
    reason: 'input-invalid',
    what: `A report cannot be written (${why}).`,
    where: file,
    remedy: 'Name a file in a folder of the workspace that can be written to.',
    cause,
  })
}
