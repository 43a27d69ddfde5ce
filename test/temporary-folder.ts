import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The temporary folders of the tests are in one, which is removed after them. Some tests look into theirs as another user. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'tests-'))
  chmodSync(folder, 0o755)
  process.env.TMPDIR = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
