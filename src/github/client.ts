import { request } from '@octokit/request'
import { RequestError } from '@octokit/request-error'
import { ToolkitError } from '../support/errors.ts'

/** A repository on GitHub. */
export interface Repository {
  readonly owner: string
  readonly repo: string
}

export interface GitHubAccess extends Repository {
  readonly token: string
  /** `GITHUB_API_URL` of the runner, such as `https://api.github.com`. */
  readonly apiUrl: string
}

/** Octokit's typed `request` for one repository, with the token and the API's address set. */
export type GitHubClient = ReturnType<typeof createGitHubClient>

export function createGitHubClient(access: GitHubAccess) {
  const { owner, repo } = access
  const send = request.defaults({
    baseUrl: access.apiUrl,
    headers: {
      authorization: `Bearer ${access.token}`,
      'x-github-api-version': '2022-11-28',
      'user-agent': 'matrix-auth-actions',
    },
  })
  return { owner, repo, request: send }
}

const advice: Readonly<Record<number, string>> = {
  401: 'Give the action a token that is valid: the input `github-token`.',
  403: 'Give the job the permission that the action’s page names under `permissions`.',
  404: 'Give the job the permission that the action’s page names; GitHub answers 404 where a token may not see a thing.',
}

/**
 * Runs one exchange with GitHub's API and says in our words why it failed.
 *
 * @throws ToolkitError of reason `github-api`.
 */
export async function asking<T>(purpose: string, exchange: () => Promise<T>): Promise<T> {
  try {
    return await exchange()
  } catch (cause) {
    const status = cause instanceof RequestError ? cause.status : undefined
    throw new ToolkitError({
      kind: 'tool',
      reason: 'github-api',
      what: `GitHub’s API did not let us ${purpose}${status === undefined ? '' : ` (HTTP ${status})`}.`,
      remedy:
        advice[status ?? 0] ?? 'Run the job again; if it goes on, look at https://www.githubstatus.com.',
      cause,
    })
  }
}
