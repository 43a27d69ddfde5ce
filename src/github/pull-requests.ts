import { describeApiErrors, type GitHubClient } from './client.ts'

/** The open pull request, not of a fork, whose newest commit this is. */
export async function pullRequestOfHead(
  client: GitHubClient,
  commit: string,
): Promise<{ readonly number: number; readonly base: string } | undefined> {
  return describeApiErrors('find the pull request of the commit', async () => {
    const pulls = await pullsOf(client, commit)
    const pull = pulls.find(
      ({ state, head }) =>
        state === 'open' && head.sha === commit && head.repo?.full_name === `${client.owner}/${client.repo}`,
    )
    return pull && { number: pull.number, base: pull.base.ref }
  })
}

/** The commit at which a commit left a branch. Unlike the other calls, it needs the permission to read the contents. */
export async function mergeBaseOf(
  { owner, repo, request }: GitHubClient,
  branch: string,
  commit: string,
): Promise<string> {
  return describeApiErrors('compare the commit with its base', async () => {
    const route = 'GET /repos/{owner}/{repo}/compare/{basehead}'
    const { data } = await request(route, { owner, repo, basehead: `${branch}...${commit}`, per_page: 1 })
    return data.merge_base_commit.sha
  })
}

/**
 * The pull requests that a push merged, by a merge, a squash or a rebase: a merge queue pushes several at once. Older ones than the
 * hundred that changed last are found by the newest commit alone.
 * @param commits All commits of the push.
 */
export async function pullRequestsMergedBy(
  client: GitHubClient,
  commit: string,
  commits: readonly string[],
): Promise<readonly number[]> {
  const { owner, repo, request } = client
  return describeApiErrors('find the pull requests of the push', async () => {
    const route = 'GET /repos/{owner}/{repo}/pulls'
    const order = { sort: 'updated', direction: 'desc', per_page: 100 } as const
    const { data } = await request(route, { owner, repo, state: 'closed', ...order })
    const ofPush = data.filter(({ merge_commit_sha: merged }) => commits.includes(merged ?? ''))
    const merged = [...ofPush, ...(await pullsOf(client, commit))].filter(pull => pull.merged_at !== null)
    return [...new Set(merged.map(({ number }) => number))]
  })
}

/** The newest commit of a pull request. */
export async function headOf(client: GitHubClient, number: number): Promise<string> {
  const { owner, repo } = client
  return describeApiErrors(`read the pull request #${number}`, async () => {
    const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}'
    const { data } = await client.request(route, { owner, repo, pull_number: number })
    return data.head.sha
  })
}

async function pullsOf({ owner, repo, request }: GitHubClient, commit: string) {
  const route = 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls'
  return (await request(route, { owner, repo, commit_sha: commit, per_page: 100 })).data
}

/** GitHub lists this many files of a pull request at most. */
const mostFiles = 3000

/**
 * The lines of a pull request that GitHub shows in its diff, as they are after the change: by file, then by number. Large and binary files
 * have none.
 * @throws ToolkitError of reason `github-api`.
 */
export async function linesInDiff(
  { owner, repo, request }: GitHubClient,
  number: number,
): Promise<ReadonlyMap<string, ReadonlyMap<number, string>>> {
  const files = new Map<string, ReadonlyMap<number, string>>()
  return describeApiErrors(`read the changes of #${number}`, async () => {
    for (let page = 1; page <= mostFiles / 100; page += 1) {
      const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files'
      const { data } = await request(route, { owner, repo, pull_number: number, per_page: 100, page })
      for (const { filename, patch } of data) files.set(filename, linesAfter(patch ?? ''))
      if (data.length < 100) break
    }
    return files
  })
}

/** The lines of a unified diff that exist after it. */
export function linesAfter(patch: string): ReadonlyMap<number, string> {
  const lines = new Map<number, string>()
  let next = 0
  for (const line of patch.split('\n')) {
    const [, start] = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line) ?? []
    if (start !== undefined) next = Number(start)
    else if (/^[ +]/.test(line)) lines.set(next++, line.slice(1))
  }
  return lines
}
