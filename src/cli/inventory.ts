import { likelyInventories } from '../inventory/read/sources.ts'
import { ToolkitError } from '../support/errors.ts'
import { diskFiles } from '../support/files/disk-files.ts'
import { shellWords } from '../support/shell.ts'

const usualInventories = [
  'inventory/hosts',
  'inventory/hosts.yml',
  'inventory/hosts.yaml',
  'inventory/hosts.ini',
]

/**
 * The inventory of a repository where the option does not name it.
 * @throws ToolkitError of reason `input-invalid` where there is none, or more than one.
 */
export function usualInventory(root: string): string {
  const files = diskFiles(root)
  const [found, ...others] = usualInventories.filter(path => files.entry(path).kind !== 'absent')
  if (found !== undefined && others.length === 0) return found
  const likely = found ?? likelyInventories(files)[0]
  throw new ToolkitError({
    reason: 'input-invalid',
    what: found === undefined ? 'No inventory was found.' : 'More than one inventory was found.',
    where: (found === undefined ? usualInventories : [found, ...others]).join(', '),
    remedy: `Set its path: --inventory ${likely === undefined ? 'PATH' : shellWords([likely])}`,
  })
}
