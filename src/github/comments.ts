import { describeApiErrors, type GitHubClient } from './client.ts'

const pageSize = 100

/** Only a bot's comment counts as ours: anybody can write our marker into their own comment. */
async function findOwn(client: GitHubClient, issue: number, marker: string): Promise<number | undefined> {
  const { owner, repo } = client
  for (let page = 1; ; page += 1) {
    const { data } = await client.request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      owner,
      repo,
      issue_number: issue,
      per_page: pageSize,
      page,
    })
    const own = data.find(comment => comment.user?.type === 'Bot' && comment.body?.startsWith(marker))
    if (own) return Number(own.id)
    if (data.length < pageSize) return undefined
  }
}

/**
 * Writes the one sticky comment of a pull request or issue: edits ours where it exists, else adds it.
 *
 * @param body Markdown that begins with `marker`, an HTML comment.
 * @throws ToolkitError of reason `github-api`.
 */
export async function writeStickyComment(
  client: GitHubClient,
  issue: number,
  marker: string,
  body: string,
): Promise<'added' | 'edited'> {
  if (!body.startsWith(marker)) throw new Error('a sticky comment begins with its marker')
  const { owner, repo } = client
  return describeApiErrors(`write the comment on #${issue}`, async () => {
    const own = await findOwn(client, issue, marker)
    if (own === undefined) {
      const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'
      await client.request(route, { owner, repo, issue_number: issue, body })
      return 'added'
    }
    const route = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}'
    await client.request(route, { owner, repo, comment_id: own, body })
    return 'edited'
  })
}
