import { lockFile } from '../../domain/lock-file.ts'
import type { Host, Inventory } from '../../inventory/inventory.ts'
import { folderOf } from '../../support/files/files.ts'

/**
 * Whether changed files can change what is deployed to a host: the playbook, or a file beside the inventory that is not only about
 * another host. Unknown files are all files.
 * @param playbook The folder of the playbook, with a slash at its end; empty if the repository is a clone of the playbook.
 */
export function touches(
  { paths, folders }: Pick<Inventory, 'paths' | 'folders'>,
  { name }: Pick<Host, 'name'>,
  changedFiles: readonly string[] | undefined,
  playbook = 'playbook/',
): boolean {
  if (changedFiles === undefined) return true
  const all = new Set([...paths, ...paths.map(folderOf), ...folders])
  return changedFiles.some(file => {
    if (file === lockFile || `${file}/`.startsWith(playbook)) return true
    const isBeside = [...all].some(path => path === '' || isIn(path, file) || isIn(file, path))
    const owner = /(?:^|\/)host_vars\/([^/]+)/.exec(file)?.[1]
    return isBeside && (owner === undefined || owner === name || withoutExtension(owner) === name)
  })
}

/** Where the folder is a changed file, it is a submodule or a link. */
function isIn(folder: string, file: string): boolean {
  return `${file}/`.startsWith(`${folder}/`)
}

function withoutExtension(file: string): string {
  return file.replace(/\.(?:ya?ml|json)$/, '')
}
