import { describeApiErrors, type GitHubClient } from './client.ts'

/** A lasting problem that one issue stands for; the issue is found again by `label`. */
export interface Incident {
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
 * Opens the issue of an incident, or updates the open one.
 *
 * @returns the issue's number.
 * @throws ToolkitError of reason `github-api`.
 */
export async function reportIncident(client: GitHubClient, incident: Incident): Promise<number> {
  const { owner, repo } = client
  const { label, title, body } = incident
  return describeApiErrors('report the incident as an issue', async () => {
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
 * Closes the open issue of an incident with a last comment. Does nothing where none is open.
 *
 * @returns the closed issue's number.
 * @throws ToolkitError of reason `github-api`.
 */
export async function closeIncident(
  client: GitHubClient,
  label: string,
  lastComment: string,
): Promise<number | undefined> {
  const { owner, repo } = client
  return describeApiErrors('close the issue of an incident that is over', async () => {
    const open = await findOpen(client, label)
    if (open === undefined) return undefined
    const issue = { owner, repo, issue_number: open }
    await client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      ...issue,
      body: lastComment,
    })
    await client.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', { ...issue, state: 'closed' })
    return open
  })
}
