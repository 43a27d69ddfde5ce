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
  401: 'Set the input `github-token` to a valid token.',
  403: 'Give the job the permissions that the action’s README lists.',
  404: 'Give the job the permissions that the action’s README lists. GitHub answers 404 where a token may not read something.',
}

/**
 * Runs calls of GitHub's API and describes why they failed.
 *
 * @param purpose What the calls do, such as `write the comment on #7`.
 * @throws ToolkitError of reason `github-api`.
 */
export async function describeApiErrors<T>(purpose: string, calls: () => Promise<T>): Promise<T> {
  try {
    return await calls()
  } catch (cause) {
    const status = cause instanceof RequestError ? cause.status : undefined
    throw new ToolkitError({
      reason: 'github-api',
      what: `Could not ${purpose}${status === undefined ? '' : ` (HTTP ${status})`}.`,
      where: 'GitHub’s API',
      remedy:
        advice[status ?? 0] ?? 'Run the job again. If it fails again, see https://www.githubstatus.com.',
      cause,
    })
  }
}
