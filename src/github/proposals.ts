import { describeApiErrors, type GitHubClient } from './client.ts'

/** A pull request with one commit. */
export interface Proposal {
  /** The branch that it is to be merged to, and its newest commit. */
  readonly base: string
  readonly parent: string
  readonly branch: string
  readonly title: string
  readonly body: string
  /** The whole text of each file that changes. */
  readonly files: Readonly<Record<string, string>>
}

/** The number of the open pull request with this title that the token's account opened before, if there is one. */
export async function openedBefore(
  client: GitHubClient,
  { base, title }: Pick<Proposal, 'base' | 'title'>,
): Promise<number | undefined> {
  const { owner, repo, request, ownLogin } = client
  return describeApiErrors('list the open pull requests', async () => {
    const login = await ownLogin()
    const route = 'GET /repos/{owner}/{repo}/pulls'
    const { data } = await request(route, { owner, repo, base, state: 'open', per_page: 100 })
    return data.find(pull => pull.title === title && pull.user?.login === login)?.number
  })
}

/**
 * Opens a pull request on a new branch: one that exists can have a commit of somebody else, which we would vouch for.
 *
 * @returns its number.
 * @throws ToolkitError of reason `github-api`, such as where the branch exists, or the token may not open pull requests.
 */
export async function openPullRequest(client: GitHubClient, proposal: Proposal): Promise<number> {
  const { owner, repo, request } = client
  const { base, parent, branch, title, body, files } = proposal
  return describeApiErrors('open a pull request', async () => {
    const tree = await request('POST /repos/{owner}/{repo}/git/trees', {
      owner,
      repo,
      base_tree: parent,
      tree: Object.entries(files).map(([path, content]) => ({ path, mode: '100644', type: 'blob', content })),
    })
    const commit = await request('POST /repos/{owner}/{repo}/git/commits', {
      owner,
      repo,
      message: title,
      tree: tree.data.sha,
      parents: [parent],
    })
    await request('POST /repos/{owner}/{repo}/git/refs', {
      owner,
      repo,
      ref: `refs/heads/${branch}`,
      sha: commit.data.sha,
    })
    const pull = await request('POST /repos/{owner}/{repo}/pulls', {
      owner,
      repo,
      title,
      body,
      base,
      head: branch,
    })
    return pull.data.number
  })
}
