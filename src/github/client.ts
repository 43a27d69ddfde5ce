import { request } from '@octokit/request'
import { RequestError } from '@octokit/request-error'
import { ToolkitError } from '../support/errors.ts'
import { member, text } from '../support/json.ts'

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
  let login: Promise<string> | undefined
  /** The account that the token writes as, such as `github-actions[bot]`. */
  const ownLogin = () => (login ??= viewerOf(send, access.apiUrl))
  return { owner, repo, request: send, ownLogin }
}

/**
 * REST does not tell an installation's token its own account; GraphQL does, for every kind of token
 * (https://docs.github.com/en/graphql/reference/queries#viewer). On GitHub Enterprise Server it lies beside `/api/v3`.
 */
async function viewerOf(send: typeof request, apiUrl: string): Promise<string> {
  const baseUrl = apiUrl.replace(/\/v3$/, '')
  const { data } = await send('POST /graphql', { baseUrl, query: '{ viewer { login } }' })
  return text(member(data, 'data', 'viewer', 'login')) ?? 'github-actions[bot]'
}

const advice: Readonly<Record<number, string>> = {
  401: 'Set the input `github-token` to a valid token.',
  403: 'Give the job the permissions that the action’s README lists.',
  404: 'Give the job the permissions that the action’s README lists. GitHub answers 404 where a token may not read something.',
  410: 'Turn on Issues in the repository, under Settings → General → Features. GitHub turns them off in a fork.',
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
