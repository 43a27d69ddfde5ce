import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pinnedCommit } from '../../actions/playbook.ts'
import { Repository } from '../../actions/repository.ts'
import { lockFile, usualClone } from '../../domain/lock-file.ts'
import { git } from '../../support/git.ts'

/** A warning where the pinned commit exists only in a clone on this machine: the jobs cannot fetch it. */
export async function unpublishedPin(root: string, playbookPath: string): Promise<string | undefined> {
  const commit = await pinnedCommit(new Repository(root), playbookPath)
  if (commit === undefined) return undefined
  for (const clone of [playbookPath, usualClone]) {
    const folder = resolve(root, clone)
    if (existsSync(resolve(folder, '.git')) && (await isOnlyLocal(folder, commit)))
      return `Warning: the jobs may not find the commit ${commit} of the playbook: no remote branch and no tag in ${clone} contains it. Write a commit to ${lockFile} that is published.`
  }
  return undefined
}

/** A clone that was fetched for a commit alone has no branches, and says nothing of where commits are. */
async function isOnlyLocal(clone: string, commit: string): Promise<boolean> {
  const [local, published] = await Promise.all([
    git(clone, ['for-each-ref', '--contains', commit, 'refs/heads']),
    git(clone, ['for-each-ref', '--contains', commit, 'refs/remotes', 'refs/tags']),
  ])
  return local.stdout !== '' && published.code === 0 && published.stdout === ''
}
