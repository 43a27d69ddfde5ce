import { ToolkitError } from '../errors.ts'
import { shellWords } from '../shell.ts'

/** The system's code of an error, such as `EACCES`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}

/** A clause about a file that could not be read. */
export function problemOf(error: unknown): string {
  const code = codeOf(error)
  return code === 'ENOENT' ? 'does not exist' : `cannot be read (${code ?? 'unknown error'})`
}

/**
 * Runs calls that read a path of the repository or the playbook.
 * @throws ToolkitError of reason `inventory-unreadable` where the system refuses them.
 */
export function reading<T>(path: string, call: () => T): T {
  try {
    return call()
  } catch (cause) {
    const code = codeOf(cause)
    if (code === undefined) throw cause
    throw new ToolkitError({
      reason: 'inventory-unreadable',
      what: `A file or folder ${problemOf(cause)}.`,
      where: path,
      remedy: `Let the user of this process read it: \`${shellWords(['chmod', 'a+rX', path])}\`.`,
      cause,
    })
  }
}
