import { asking, type GitHubClient } from './client.ts'

/** An issue that stands for one lasting trouble of one host; `label` is how it is found again. */
export interface Trouble {
  readonly label: string
  readonly title: string
  readonly body: string
}

async function findOpen(client: GitHubClient, label: string): Promise<number | undefined> {
  const { owner, repo } = client
  const { data } = await client.request('GET /repos/{owner}/{repo}/issues', {
    owner,
    repo,
    labels: label,
    state: 'open',
    per_page: 1,
  })
  return data[0]?.number
}

/**
 * Opens the issue of a trouble, or brings the open one up to date: one trouble, one issue.
 *
 * @returns the issue's number.
 * @throws ToolkitError of reason `github-api`.
 */
export async function reportTrouble(client: GitHubClient, trouble: Trouble): Promise<number> {
  const { owner, repo } = client
  const { label, title, body } = trouble
  return asking('report a trouble as an issue', async () => {
    const open = await findOpen(client, label)
    if (open === undefined) {
      const created = await client.request('POST /repos/{owner}/{repo}/issues', {
        owner,
        repo,
        title,
        body,
        labels: [label],
      })
      return created.data.number
    }
    const route = 'PATCH /repos/{owner}/{repo}/issues/{issue_number}'
    await client.request(route, { owner, repo, issue_number: open, title, body })
    return open
  })
}

/**
 * Closes the open issue of a trouble that is over, with a last comment. Nothing happens where none is open.
 *
 * @returns the closed issue's number.
 * @throws ToolkitError of reason `github-api`.
 */
export async function closeTrouble(
  client: GitHubClient,
  label: string,
  farewell: string,
): Promise<number | undefined> {
  const { owner, repo } = client
  return asking('close the issue of a trouble that is over', async () => {
    const open = await findOpen(client, label)
    if (open === undefined) return undefined
    const issue = { owner, repo, issue_number: open }
    await client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      ...issue,
      body: farewell,
    })
    await client.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', { ...issue, state: 'closed' })
    return open
  })
}
