import { lstatSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { ToolkitError } from '../errors.ts'

/** Whether the path is below the folder. */
export function isBelow(folder: string, path: string): boolean {
  return relative(folder, path).split(sep)[0] !== '..'
}

/**
 * A pull request can make the folder a link, for example to `.git`, whose files would be replaced. Outside of the root it cannot.
 *
 * @throws ToolkitError of reason `checkout-unsupported`.
 */
export function requireFolders(root: string, folder: string, content: string): void {
  if (!isBelow(root, folder)) return
  const names = relative(root, folder).split(sep)
  const parts = names.map((_, index) => join(root, ...names.slice(0, index + 1)))
  const other = parts.find(part => lstatSync(part, { throwIfNoEntry: false })?.isDirectory() === false)
  if (other === undefined) return
  throw new ToolkitError({
    reason: 'checkout-unsupported',
    what: `${content} cannot be written to its folder, because the path goes through a link or a file.`,
    where: other,
    remedy: 'Remove the link or file from the repository.',
  })
}
