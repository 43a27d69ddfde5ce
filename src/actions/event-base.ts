import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { eventOf } from '../support/event.ts'
import { requireFolders } from '../support/files/folders.ts'
import { fetchCommit, git, isElsewhere, type Remote } from '../support/git.ts'
import { member } from '../support/json.ts'
import { removeWithJob } from './cleanup/job-end.ts'
import type { Port } from './port.ts'
import type { Runtime } from './run-action.ts'

type Environment = Runtime['environment']

/** The address of the operator's repository on GitHub. */
export function repositoryAddress(environment: Environment): string {
  const { GITHUB_SERVER_URL: server = 'https://github.com', GITHUB_REPOSITORY: repository = '' } = environment
  return `${server}/${repository}`
}

/** The same, to fetch from. */
export function ownRemote(environment: Environment, token: string | undefined): Remote {
  return { url: repositoryAddress(environment), ...(token !== undefined && { token }) }
}

interface BaseInputs {
  readonly inventory: readonly string[]
  readonly baseRef: string | undefined
  readonly basePath?: string | undefined
  readonly githubToken: string | undefined
}

/**
 * The inputs with the commit before the event's change as `base-ref`, unless they have a base, the event has none, or files of the
 * inventory are behind a link or in a submodule: the older ones cannot be read. The commit is fetched.
 * @throws ToolkitError of reason `fetch-failed`.
 */
export async function withEventBase<T extends BaseInputs>(
  inputs: T,
  { environment, repository: { root } }: Pick<Runtime, 'environment' | 'repository'>,
): Promise<T> {
  if (inputs.baseRef !== undefined || inputs.basePath !== undefined) return inputs
  const baseRef = await baseOfEvent(environment, root)
  if (baseRef === undefined || (await isElsewhere(root, inputs.inventory))) return inputs
  await fetchCommit(root, ownRemote(environment, inputs.githubToken), baseRef)
  return { ...inputs, baseRef }
}

/** Below the workspace, so that the inventory there is read like the repository's own. */
const baseFolder = '.matrix-auth-actions/base'

/**
 * Writes the files of a commit of the repository to a folder, which is removed with the job.
 * @returns the folder, relative to the root.
 * @throws ToolkitError of reason `checkout-unsupported`.
 */
export async function checkOutBase(
  root: string,
  commit: string,
  keep: Port['keepForCleanup'],
): Promise<string> {
  const folder = join(root, baseFolder)
  requireFolders(root, folder, 'The older commit')
  removeWithJob(join(root, dirname(baseFolder)), keep)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  // An index of its own: the job's checkout stays as it is.
  const env = { GIT_INDEX_FILE: join(folder, '..', 'index') }
  const trees = ['--git-dir', join(root, '.git'), '--work-tree', folder]
  const argv = [...trees, 'checkout', '--quiet', '--force', commit, '--', '.']
  const { code, stderr } = await git(folder, argv, env)
  if (code !== 0) throw new Error(`git checkout of ${commit}: ${stderr}`)
  return baseFolder
}

async function baseOfEvent(environment: Environment, root: string): Promise<string | undefined> {
  const event = eventOf(environment)
  const base = member(event, 'pull_request')
    ? ((await mergedInto(environment, root)) ?? member(event, 'pull_request', 'base', 'sha'))
    : (member(event, 'merge_group', 'base_sha') ?? member(event, 'before'))
  return isCommit(base) ? base : undefined
}

/**
 * The first parent of the merge commit that GitHub made for a pull request. The base of the event can be older: what others merged
 * since would look like a part of the change.
 */
async function mergedInto({ GITHUB_SHA }: Environment, root: string): Promise<string | undefined> {
  const head = await git(root, ['rev-parse', 'HEAD'])
  if (head.stdout.trim() !== GITHUB_SHA) return undefined
  const commit = await git(root, ['cat-file', '-p', 'HEAD'])
  const parents = [...commit.stdout.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, parent]) => parent)
  return parents.length === 2 ? parents[0] : undefined
}

/** Whether a push creates its branch, as the first one to a repository does. */
export function isNewBranch(environment: Environment): boolean {
  const before = member(eventOf(environment), 'before')
  return environment.GITHUB_EVENT_NAME === 'push' && typeof before === 'string' && /^0+$/.test(before)
}

/** A commit, not the zeros that stand for none. */
export function isCommit(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(value) && !/^0+$/.test(value)
}
