import { enabledVariable, inProgressVariable } from '../domain/variables.ts'
import type { FileReader } from '../support/files/files.ts'
import { gitFiles } from '../support/files/git-files.ts'
import { fetchHistory, git, isElsewhere, type Remote } from '../support/git.ts'

/** Commits that change the stage of a host are few; more than these are of other repositories than an inventory's. */
const mostCommits = 100

/**
 * The newest commit of the branch, without those that only a merged branch has, whose vars are in stage prepared. The history is fetched
 * into a shallow clone. Undefined where there is none, or where older files cannot be read: the folder is not the root of a
 * repository, or files of the inventory are behind a link or in a submodule.
 *
 * @param isPrepared Whether these files have the host in stage prepared.
 * @throws ToolkitError of reason `fetch-failed`, or `input-invalid` where a commit is too large.
 */
export async function lastPrepared(
  root: string,
  inventory: readonly string[],
  remote: Remote,
  isPrepared: (files: FileReader) => boolean,
): Promise<string | undefined> {
  const { code, stdout } = await git(root, ['rev-parse', '--show-prefix'])
  if (code !== 0 || stdout.trim() !== '' || (await isElsewhere(root, inventory))) return undefined
  await fetchHistory(root, remote)
  for (const change of await changesOfStage(root)) {
    const parent = await git(root, ['rev-parse', '--verify', '--quiet', `${change}^`])
    const commit = parent.stdout.trim()
    if (parent.code === 0 && isPrepared(await gitFiles(root, commit))) return commit
  }
  return undefined
}

/** Commits that change a line with one of the variables of the stage, newest first. */
async function changesOfStage(root: string): Promise<readonly string[]> {
  const { stdout } = await git(root, [
    'log',
    '--format=%H',
    '--first-parent',
    '--diff-merges=first-parent',
    `--max-count=${mostCommits}`,
    '-G',
    `${enabledVariable}|${inProgressVariable}`,
  ])
  return stdout.split('\n').filter(Boolean)
}
