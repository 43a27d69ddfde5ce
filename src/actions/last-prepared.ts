import { desiredStage } from '../inventory/desired-stage.ts'
import type { Host } from '../inventory/inventory.ts'
import { ToolkitError } from '../support/errors.ts'
import { type FileReader, folderOf } from '../support/files/files.ts'
import { gitFiles } from '../support/files/git-files.ts'
import { fetchHistory, git, type Remote } from '../support/git.ts'

/** Each takes some milliseconds. The last commit in stage prepared is mostly among the newest ones. */
const mostCommits = 200

interface Prepared {
  readonly commit: string
  readonly files: FileReader
  readonly host: Host
}

/**
 * The newest commit of the branch whose inventory has the host in stage prepared, without what only merged branches have. The history is
 * fetched into a shallow clone. Undefined where there is none, or where the folder is not the root of a repository.
 *
 * @param hostIn Gives the host as these files have it.
 * @throws ToolkitError of reason `fetch-failed`, or `refused-state` where older commits were not searched.
 */
export async function lastPrepared(
  root: string,
  inventory: readonly string[],
  remote: Remote,
  hostIn: (files: FileReader) => Host | undefined,
  most = mostCommits,
): Promise<Prepared | undefined> {
  const { code, stdout } = await git(root, ['rev-parse', '--show-prefix'])
  if (code !== 0 || stdout.trim() !== '') return undefined
  await fetchHistory(root, remote)
  const commits = await changesOf(root, inventory, most)
  for (const commit of commits) {
    const files = await filesAt(root, commit)
    const host = files && hostIn(files)
    if (host && desiredStage(host).stage === 'prepared') return { commit, files, host }
  }
  if (commits.length < most) return undefined
  throw new ToolkitError({
    reason: 'refused-state',
    what: `None of the newest ${most} commits of the inventory has the host in stage prepared; older ones were not searched.`,
    remedy: 'Nothing to do.',
  })
}

/** The newest commit that changes the inventory has the same one as the branch. */
async function changesOf(
  root: string,
  inventory: readonly string[],
  most: number,
): Promise<readonly string[]> {
  const folders = inventory.map(path => folderOf(path) || '.')
  const argv = ['rev-list', '--first-parent', `--max-count=${most}`, 'HEAD', '--', ...folders]
  const { stdout } = await git(root, argv)
  return stdout.split('\n').filter(Boolean)
}

/** Undefined where the clone does not have all of the commit. */
async function filesAt(root: string, commit: string): Promise<FileReader | undefined> {
  try {
    return await gitFiles(root, commit)
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error
    return undefined
  }
}
