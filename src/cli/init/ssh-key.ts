import { existsSync } from 'node:fs'
import { requireUsableKey } from '../../actions/setup/agent.ts'
import { isBelow } from '../../support/files/folders.ts'
import { readOption } from '../invocation.ts'
import type { OptionName } from '../options.ts'
import { invalid } from './invalid.ts'
import { fileOption, requireKind } from './option-path.ts'

/** The file of the key that init creates, unless it exists. */
export async function newKey(path: string | undefined, root: string): Promise<string | undefined> {
  const file = fileOption(path, root)
  if (file === undefined) return undefined
  requireOutside(root, file)
  requireKind('create-ssh-key', file, 'file')
  if (existsSync(file)) await requireJobKey('create-ssh-key', file)
  return file
}

/** @throws ToolkitError of reason `input-invalid` if the jobs could not use the key. */
export async function requireJobKey(option: OptionName, file: string): Promise<void> {
  await requireUsableKey(readOption(option, file), process.env, file)
}

function requireOutside(root: string, file: string): void {
  if (!isBelow(root, file)) return
  throw invalid(
    'The SSH key would be in the repository, where it can be committed.',
    'Set --create-ssh-key to a path outside of the repository, such as ~/.ssh/matrix-auth.',
    file,
  )
}
