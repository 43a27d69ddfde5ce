import { describeApiErrors, type GitHubClient } from './client.ts'
import { isOurs } from './comments.ts'

/** A comment on lines of the diff, as they are after the change. */
export interface LineComment {
  readonly file: string
  readonly firstLine: number
  readonly lastLine: number
  /** Markdown that begins with the marker. */
  readonly body: string
}

/**
 * Adds a review with comments on lines of a pull request. Comments of ours that are there with the same text, and not outdated, are not
 * added again.
 *
 * @param commit The commit whose lines these are: GitHub refuses lines that its diff does not show.
 * @param body Markdown.
 * @returns how many comments were added.
 * @throws ToolkitError of reason `github-api`.
 */
export async function reviewLines(
  client: GitHubClient,
  number: number,
  commit: string,
  { marker, body, comments }: { marker: string; body: string; comments: readonly LineComment[] },
): Promise<number> {
  const { owner, repo, request } = client
  if (comments.length === 0) return 0
  return describeApiErrors(`suggest changes on #${number}`, async () => {
    const present = await presentComments(client, number, marker)
    const added = comments.filter(
      comment => !present.has(keyOf(comment.file, comment.lastLine, comment.body)),
    )
    if (added.length === 0) return 0
    await request('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
      owner,
      repo,
      pull_number: number,
      commit_id: commit,
      event: 'COMMENT',
      body,
      comments: added.map(({ file, firstLine, lastLine, body: text }) => ({
        path: file,
        line: lastLine,
        side: 'RIGHT',
        ...(firstLine < lastLine && { start_line: firstLine, start_side: 'RIGHT' }),
        body: text,
      })),
    })
    return added.length
  })
}

const keyOf = (file: string, line: number, body: string) => JSON.stringify([file, line, body])

/** Our comments on lines that the diff still has. */
async function presentComments(
  { owner, repo, request, ownLogin }: GitHubClient,
  number: number,
  marker: string,
): Promise<ReadonlySet<string>> {
  const present = new Set<string>()
  const login = await ownLogin()
  for (let page = 1; ; page += 1) {
    const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/comments'
    const { data } = await request(route, { owner, repo, pull_number: number, per_page: 100, page })
    for (const comment of data)
      if (isOurs(comment, marker, login) && comment.line)
        present.add(keyOf(comment.path, comment.line, comment.body))
    if (data.length < 100) return present
  }
}
