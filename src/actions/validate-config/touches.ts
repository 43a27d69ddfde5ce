import { lockFile } from '../../domain/lock-file.ts'
import type { Host, Inventory } from '../../inventory/inventory.ts'
import { isOfOtherHost } from '../../inventory/other-host.ts'
import { type FileReader, folderOf } from '../../support/files/files.ts'

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
    return isBeside && !isOfOtherHost(file, name)
  })
}

/** As `init` writes them; the second not where an account has no environments. */
export const reviewWorkflow = '.github/workflows/matrix-auth-review.yml'
export const applyWorkflow = '.github/workflows/matrix-auth-apply.yml'

/** Only the workflow that reviews changes uses the actions. */
export function isAppliedByHand(files: FileReader): boolean {
  const folder = folderOf(reviewWorkflow)
  const using = files
    .list(folder)
    .map(name => `${folder}/${name}`)
    .filter(path => isOfToolkit(path, files))
  return using.length === 1 && using[0] === reviewWorkflow
}

function isOfToolkit(path: string, files: FileReader): boolean {
  const { kind, size } = files.entry(path)
  return kind === 'file' && size < 1_000_000 && Buffer.from(files.read(path)).includes('matrix-auth-actions')
}

/**
 * The change that adds the workflow which applies changes may also add the pins of what the servers have already: these alone deploy
 * nothing.
 */
export function withoutSetUp(changedFiles: readonly string[], base: FileReader): readonly string[] {
  const isAdded = (file: string) => changedFiles.includes(file) && base.entry(file).kind === 'absent'
  if (!isAdded(applyWorkflow)) return changedFiles
  const isPin = (file: string) => file === lockFile || /(?:^|\/)known_hosts$/.test(file)
  return changedFiles.filter(file => !(isPin(file) && isAdded(file)))
}

/** Where the folder is a changed file, it is a submodule or a link. */
function isIn(folder: string, file: string): boolean {
  return `${file}/`.startsWith(`${folder}/`)
}
