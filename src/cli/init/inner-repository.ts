import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Repository } from '../../actions/repository.ts'
import { submodulesOf } from '../../inventory/read/submodules.ts'
import { folderOf, joinPath } from '../../support/files/files.ts'
import { git } from '../../support/git.ts'
import { shellWords } from '../../support/shell.ts'
import { invalid } from './invalid.ts'

/**
 * Git keeps only a link to a repository inside another one, unless it is a submodule. The playbook's documentation makes one of the
 * folder of the inventory ("Configuring the Ansible playbook").
 *
 * @throws ToolkitError of reason `input-invalid`.
 */
export async function requireNoInnerRepository(
  { root, files }: Repository,
  inventory: string,
): Promise<void> {
  const submodules = submodulesOf(files).map(({ path }) => path)
  const inner = foldersOf(inventory).find(
    folder => existsSync(resolve(root, folder, '.git')) && !submodules.includes(folder),
  )
  if (inner === undefined) return
  const { stdout } = await git(root, ['ls-files', '--stage', '--', inner])
  const move = `mv ${shellWords([`${inner}/.git`, `../${inner.split('/').at(-1)}.git`])}`
  throw invalid(
    `${inner} is a git repository of its own, so GitHub would get none of its files.`,
    `Move its history out of the way: ${move}${stdout.startsWith('160000 ') ? ` && git rm --cached ${shellWords([inner])}` : ''}`,
    `${inner}/.git`,
  )
}

/** The folders above the inventory file, and those of its vars. */
function foldersOf(inventory: string): readonly string[] {
  const own = joinPath(folderOf(inventory)) ?? ''
  const names = own.split('/').filter(Boolean)
  const above = names.map((_, index) => names.slice(0, index + 1).join('/'))
  const vars = ['host_vars', 'group_vars'].map(name => (own === '' ? name : `${own}/${name}`))
  return [...above, ...vars]
}
