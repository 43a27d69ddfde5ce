import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { isPlaybookClone } from '../../actions/playbook.ts'
import type { Repository } from '../../actions/repository.ts'
import { submodulesOf } from '../../inventory/read/submodules.ts'
import { isBelow } from '../../support/files/folders.ts'
import { git } from '../../support/git.ts'
import { invalid } from './invalid.ts'

/**
 * Where the playbook is, or is fetched to; relative to the repository if it is in it.
 * @param present What the workflows in the repository say.
 * @throws ToolkitError of reason `input-invalid` where the repository has more than one.
 */
export async function playbookFolder(
  repository: Repository,
  given: string | undefined,
  present: string | undefined,
): Promise<string> {
  const { root } = repository
  if (given !== undefined) {
    const folder = resolve(root, given)
    return isBelow(root, folder) ? relative(root, folder) : given
  }
  const found = await playbooksIn(repository)
  const preferred = [present, 'playbook'].find(path => path !== undefined && found.includes(path))
  if (preferred === undefined && found.length > 1)
    throw invalid(
      'The repository has more than one playbook.',
      `Name the one that is deployed: --playbook-path ${found[0]}`,
      found.join(', '),
    )
  return preferred ?? found[0] ?? present ?? 'playbook'
}

/** Submodules, clones and plain files; at most two folders deep. Git fills the folder of a submodule only on request. */
async function playbooksIn({ root, files }: Repository): Promise<readonly string[]> {
  const submodules = submodulesOf(files).map(({ path }) => path)
  const below = files.list('').flatMap(name => [name, ...files.list(name).map(child => `${name}/${child}`)])
  const candidates = [...new Set([...submodules, ...below])].filter(
    path =>
      isPlaybookClone(resolve(root, path)) ||
      (submodules.includes(path) && path.endsWith('matrix-docker-ansible-deploy')),
  )
  const found = await Promise.all(
    candidates.map(async path =>
      existsSync(resolve(root, path, '.git')) || (await isContained(root, path)) ? [path] : [],
    ),
  )
  return found.flat()
}

/** Whether the commits of the repository contain the playbook, or will: as a submodule, or as plain files. */
export async function isContained(root: string, path: string): Promise<boolean> {
  const folder = resolve(root, path)
  if (!isBelow(root, folder)) return false
  const { stdout } = await git(root, ['ls-files', '--stage', '--', path])
  if (stdout.startsWith('160000 ')) return true
  if (!existsSync(resolve(folder, 'setup.yml')) || existsSync(resolve(folder, '.git'))) return false
  return (await git(root, ['check-ignore', '-q', `${path}/setup.yml`])).code !== 0
}
