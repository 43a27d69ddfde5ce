import { mkdirSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { ToolkitError } from '../errors.ts'
import { codeOf } from './reading.ts'

/**
 * Runs a call that writes to a path which a person chose.
 * @throws ToolkitError of reason `input-invalid` where the system refuses it.
 */
export function writing<T>(path: string, remedy: string, call: () => T): T {
  try {
    return call()
  } catch (cause) {
    const code = codeOf(cause)
    if (code === undefined) throw cause
    throw unwritable(path, code, remedy, cause)
  }
}

export function unwritable(path: string, why: string, remedy: string, cause?: unknown): ToolkitError {
  const what = `A file or folder cannot be written (${why}).`
  return new ToolkitError({ reason: 'input-invalid', what, where: path, remedy, cause })
}

/** The path of a socket has at most 107 characters. ssh needs 41 below this folder: for ours, Ansible's name and its own suffix. */
const mostForSockets = 60

/** A new folder for temporary files. @throws ToolkitError of reason `input-invalid`. */
export function temporaryFolder(parent: string, prefix: string): string {
  const remedy = 'Set TMPDIR to a folder that can be written to: export TMPDIR=/tmp'
  return writing(parent, remedy, () => mkdtempSync(join(parent, prefix)))
}

/** The same, with a path that is short enough for sockets in it. */
export function temporaryFolderForSockets(parent: string, prefix: string): string {
  return temporaryFolder(parent.length > mostForSockets ? '/tmp' : parent, prefix)
}

/** A folder in which tools are kept for later runs. @throws ToolkitError of reason `input-invalid`. */
export function cacheFolder(path: string): void {
  const remedy = 'Set XDG_CACHE_HOME to a folder that can be written to: export XDG_CACHE_HOME=/tmp/cache'
  writing(path, remedy, () => mkdirSync(path, { recursive: true }))
}
