import { statSync } from 'node:fs'
import { byInit } from '../../server/known-hosts.ts'
import { ToolkitError } from '../../support/errors.ts'
import { exec } from '../../support/exec.ts'

/** @throws ToolkitError of reason `input-invalid` if the file of the input `known-hosts` is not there. */
export function requireKnownHosts(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.isFile()) return
  throw invalid('The file in `known-hosts` does not exist.', pinByInit)
}

const pinByInit = `${byInit('writes the file')} Commit it, or set \`known-hosts\` to the path of another one.`

/**
 * Nothing is fetched from a server: that would be trust on first use.
 * @returns how many host keys the file has.
 * @throws ToolkitError of reason `input-invalid` if it has none.
 */
export async function countPinnedKeys(file: string): Promise<number> {
  requireKnownHosts(file)
  const { stdout } = await exec(['ssh-keygen', '-l', '-f', file])
  const keys = stdout.split('\n').filter(Boolean).length
  if (keys > 0) return keys
  throw invalid('The file in `known-hosts` contains no host key.', pinByInit)
}

function invalid(what: string, remedy: string): ToolkitError {
  return new ToolkitError({ reason: 'input-invalid', what, remedy })
}
