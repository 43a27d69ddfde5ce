import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Writes a report where the user wants it, making folders on the way; nothing where no path is given. */
export function writeReport(root: string, path: string | undefined, text: string): void {
  if (path === undefined) return
  const file = resolve(root, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
