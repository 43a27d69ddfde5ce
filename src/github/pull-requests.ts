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

/** The number of the pull request that brought a commit to the branch it was merged to: by a merge, a squash or a rebase. */
export async function pullRequestMergedAs(client: GitHubClient, commit: string): Promise<number | undefined> {
  return describeApiErrors('find the pull request of the commit', async () => {
    const pulls = await pullsOf(client, commit)
    return pulls.find(({ merged_at }) => merged_at !== null)?.number
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
