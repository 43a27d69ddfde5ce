import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { ToolkitError } from './errors.ts'
import { codeOf } from './files/reading.ts'

/**
 * Writes a report, with the folders above it. Does nothing where no path is given.
 * @throws ToolkitError of reason `input-invalid` where the file cannot be written.
 */
export function writeReport(root: string, path: string | undefined, text: string): void {
  if (path === undefined) return
  const file = resolve(root, path)
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  } catch (cause) {
    throw new ToolkitError({
      reason: 'input-invalid',
      what: `A report cannot be written (${codeOf(cause) ?? 'unknown error'}).`,
      where: file,
      remedy: 'Name a file in a folder that can be written to.',
      cause,
    })
  }
}
