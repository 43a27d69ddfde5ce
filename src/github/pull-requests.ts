import { describeApiErrors, type GitHubClient } from './client.ts'

/** The open pull request, not of a fork, whose newest commit this is. */
export async function pullRequestOfHead(
  client: GitHubClient,
  commit: string,
): Promise<{ readonly number: number; readonly mergeBase: string } | undefined> {
  const { owner, repo } = client
  return describeApiErrors('find the pull request of the commit', async () => {
    const pulls = await pullsOf(client, commit)
    const pull = pulls.find(
      ({ state, head }) =>
        state === 'open' && head.sha === commit && head.repo?.full_name === `${owner}/${repo}`,
    )
    if (pull === undefined) return undefined
    const { data } = await client.request('GET /repos/{owner}/{repo}/compare/{basehead}', {
      owner,
      repo,
      basehead: `${pull.base.ref}...${commit}`,
      per_page: 1,
    })
    return { number: pull.number, mergeBase: data.merge_base_commit.sha }
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
