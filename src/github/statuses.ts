import { describeApiErrors, type GitHubClient } from './client.ts'

export interface Status {
  /** The name that GitHub shows, and rulesets can require. */
  readonly context: string
  readonly state: 'success' | 'failure'
  readonly description: string
  readonly address: string | undefined
}

/**
 * Sets a status of a commit.
 * @throws ToolkitError of reason `github-api`.
 */
export async function setStatus(
  { owner, repo, request }: GitHubClient,
  sha: string,
  { context, state, description, address }: Status,
): Promise<void> {
  const about = { context, state, description, ...(address !== undefined && { target_url: address }) }
  await describeApiErrors(`set the status of ${sha}`, () =>
    request('POST /repos/{owner}/{repo}/statuses/{sha}', { owner, repo, sha, ...about }),
  )
}
