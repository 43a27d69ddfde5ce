import { spawnSync } from 'node:child_process'
import { ToolkitError } from './errors.ts'
import { type ExecResult, exec, withoutRunnerVariables } from './exec.ts'
import { joinPath } from './files/files.ts'
import { failureLine } from './lines.ts'

/** A repository on a server. */
export interface Remote {
  readonly url: string
  readonly token?: string
}

const quiet = { GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', GIT_LFS_SKIP_SMUDGE: '1' }

/** Runs git in a folder. It asks nothing, and fetches no file of Git LFS. A failing exit code is a result. */
export function git(
  folder: string,
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ExecResult> {
  return exec(['git', '-C', folder, ...argv], { env: { ...process.env, ...quiet, ...env } })
}

/** The same with an input, for callers that cannot wait. */
export function gitNow(
  folder: string,
  argv: readonly string[],
  input: string,
  env: Readonly<Record<string, string>>,
): Pick<ExecResult, 'code' | 'bytes'> {
  const { status, stdout } = spawnSync('git', ['-C', folder, ...argv], {
    env: withoutRunnerVariables({ ...process.env, ...quiet, ...env }),
    input,
    maxBuffer: Number.POSITIVE_INFINITY,
  })
  return { code: status ?? 128, bytes: stdout ?? Buffer.alloc(0) }
}

/** Whether files, or others in their folders, are behind a link or in a submodule. */
export async function isElsewhere(root: string, files: readonly string[], commit = 'HEAD'): Promise<boolean> {
  const parts = files.map(path => (joinPath(path) ?? '').split('/'))
  const above = parts.flatMap(names => names.map((_, index) => names.slice(0, index + 1).join('/')))
  const beside = parts.map(names => names.slice(0, -1).join('/') || '.')
  const [path, inside] = await Promise.all([
    git(root, ['ls-tree', commit, '--', ...above]),
    git(root, ['ls-tree', '-r', commit, '--', ...beside]),
  ])
  return /^1[26]0000 /m.test(path.stdout) || /^120000 /m.test(inside.stdout)
}

/**
 * Fetches one commit, unless it is in the clone.
 * @throws ToolkitError of reason `fetch-failed`.
 */
export async function fetchCommit(folder: string, remote: Remote, commit: string): Promise<void> {
  const known = await git(folder, ['cat-file', '-e', `${commit}^{tree}`], { GIT_NO_LAZY_FETCH: '1' })
  if (known.code === 0) return
  await fetchFrom(remote, folder, '--depth=1', commit, `The commit ${commit} cannot be fetched.`)
}

/**
 * Fetches all commits before the one that is checked out, unless they are in the clone.
 * @throws ToolkitError of reason `fetch-failed`.
 */
export async function fetchHistory(folder: string, remote: Remote): Promise<void> {
  const shallow = await git(folder, ['rev-parse', '--is-shallow-repository', 'HEAD'])
  const [isShallow, commit = ''] = shallow.stdout.trim().split('\n')
  if (isShallow !== 'true') return
  await fetchFrom(remote, folder, '--unshallow', commit, `The commits before ${commit} cannot be fetched.`)
}

async function fetchFrom(
  remote: Remote,
  folder: string,
  depth: '--depth=1' | '--unshallow',
  commit: string,
  failure: string,
): Promise<void> {
  const argv = ['fetch', '--quiet', '--no-tags', depth, remote.url, commit]
  const fetched = await git(folder, argv, credentials(remote))
  if (fetched.code !== 0) throw failed(failure, remote, fetched)
}

/**
 * Checks one commit out in a folder, which becomes a clone.
 * @throws ToolkitError of reason `fetch-failed`.
 */
export async function checkOut(folder: string, remote: Remote, commit: string): Promise<void> {
  await git(folder, ['init', '--quiet'])
  await fetchCommit(folder, remote, commit)
  await git(folder, ['checkout', '--quiet', '--force', '--detach', commit])
}

/**
 * The commit of a branch on the server.
 * @throws ToolkitError of reason `fetch-failed`.
 */
export async function tipOf(folder: string, remote: Remote, branch: string): Promise<string> {
  const ref = `refs/heads/${branch}`
  const listed = await git(folder, ['ls-remote', '--exit-code', remote.url, ref], credentials(remote))
  // git also lists refs that only end like this one, such as a branch `a/refs/heads/main`.
  const refs = listed.stdout.split('\n').map(line => line.split('\t'))
  const commit = refs.find(([, name]) => name === ref)?.[0]
  if (commit === undefined) throw failed(`The branch ${branch} cannot be read.`, remote, listed)
  return commit
}

/**
 * The token reaches git in its environment, so that no list of processes shows it. The empty value drops a header that
 * actions/checkout may have left in the clone: GitHub refuses two.
 */
function credentials({ url, token }: Remote): Record<string, string> {
  if (token === undefined) return {}
  const name = `http.${url}.extraheader`
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64')
  return {
    GIT_CONFIG_COUNT: '2',
    GIT_CONFIG_KEY_0: name,
    GIT_CONFIG_VALUE_0: '',
    GIT_CONFIG_KEY_1: name,
    GIT_CONFIG_VALUE_1: `AUTHORIZATION: basic ${basic}`,
  }
}

function failed(what: string, { url }: Remote, { stderr }: ExecResult): ToolkitError {
  return new ToolkitError({
    reason: 'fetch-failed',
    what,
    where: `${url}: ${failureLine(stderr)}`,
    remedy: 'Try again. If it fails again, check that this repository can be read from here.',
  })
}
