import { RequestError } from '@octokit/request-error'
import { describeApiErrors, type GitHubClient } from './client.ts'

const pageSize = 100

interface OwnComment {
  readonly id: number
  readonly body: string
}

/**
 * Whether a text is ours, by its marker and its author. Anybody, also another bot, can write our marker into their own text, and add a
 * label.
 */
export function isOurs(
  { user, body }: { readonly user?: { readonly login: string } | null; readonly body?: string | null },
  marker: string,
  login: string,
): boolean {
  return user?.login === login && (body ?? '').startsWith(`${marker}\n`)
}

/** Our comments, oldest first. */
async function findOwn(client: GitHubClient, issue: number, marker: string): Promise<readonly OwnComment[]> {
  const { owner, repo } = client
  const login = await client.ownLogin()
  const found: OwnComment[] = []
  for (let page = 1; ; page += 1) {
    const { data } = await client.request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      owner,
      repo,
      issue_number: issue,
      per_page: pageSize,
      page,
    })
    const own = data.filter(comment => isOurs(comment, marker, login))
    found.push(...own.map(({ id, body = '' }) => ({ id: Number(id), body })))
    if (data.length < pageSize) return found.toSorted((a, b) => a.id - b.id)
  }
}

/**
 * The text of our comment on a pull request or issue; undefined where there is none.
 * @throws ToolkitError of reason `github-api`.
 */
export async function stickyComment(
  client: GitHubClient,
  issue: number,
  marker: string,
): Promise<string | undefined> {
  const [own] = await describeApiErrors(`read the comments on #${issue}`, () =>
    findOwn(client, issue, marker),
  )
  return own?.body
}

/**
 * Writes the one sticky comment of a pull request or issue: edits ours where it exists, else adds it. Two jobs can add one at the
 * same moment: then the older one is edited, and the others are removed.
 *
 * @param body Markdown that begins with `marker`, an HTML comment.
 * @param kept A text of a comment that is not replaced, because it says more.
 * @throws ToolkitError of reason `github-api`.
 */
export async function writeStickyComment(
  client: GitHubClient,
  issue: number,
  marker: string,
  body: string,
  kept?: string,
): Promise<'added' | 'edited' | 'kept'> {
  if (!body.startsWith(marker)) throw new Error('a sticky comment begins with its marker')
  const { owner, repo } = client
  return describeApiErrors(`write the comment on #${issue}`, async () => {
    const before = await findOwn(client, issue, marker)
    if (kept !== undefined && before.some(comment => comment.body.includes(kept))) return 'kept'
    if (before.length === 0) {
      const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'
      await client.request(route, { owner, repo, issue_number: issue, body })
    }
    const [own, ...others] = before.length === 0 ? await findOwn(client, issue, marker) : before
    if (before.length === 0 && others.length === 0) return 'added'
    const comment = '/repos/{owner}/{repo}/issues/comments/{comment_id}'
    if (own !== undefined) await client.request(`PATCH ${comment}`, { owner, repo, comment_id: own.id, body })
    for (const { id } of others) await removeComment(client, id)
    return 'edited'
  })
}

/** Another job may have removed it already. */
async function removeComment({ owner, repo, request }: GitHubClient, id: number): Promise<void> {
  const route = 'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}'
  await request(route, { owner, repo, comment_id: id }).catch(error => {
    if (!(error instanceof RequestError && error.status === 404)) throw error
  })
}
