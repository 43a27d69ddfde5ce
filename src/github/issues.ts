import { describeApiErrors, type GitHubClient } from './client.ts'
import { isOurs } from './comments.ts'

/** A lasting problem that one issue stands for. Its open issue is found by the label, and is ours by marker and author. */
export interface Incident {
  readonly label: string
  /** Becomes the first line of the issue's body. */
  readonly marker: string
}

export interface OpenIncident {
  readonly number: number
  readonly body: string
  /** ISO 8601. */
  readonly since: string
}

/** What the issue says. */
export interface IncidentText {
  readonly title: string
  /** Markdown. */
  readonly body: string
}

/**
 * The oldest open issue of an incident.
 * @throws ToolkitError of reason `github-api`.
 */
export function findIncident(client: GitHubClient, incident: Incident): Promise<OpenIncident | undefined> {
  const { owner, repo, request, ownLogin } = client
  return describeApiErrors('find the issue of an incident', async () => {
    const route = 'GET /repos/{owner}/{repo}/issues'
    const order = { sort: 'created', direction: 'asc', per_page: 100 } as const
    const { data } = await request(route, { owner, repo, labels: incident.label, state: 'open', ...order })
    const login = await ownLogin()
    const own = data.find(issue => isOurs(issue, incident.marker, login))
    return own && { number: own.number, body: own.body ?? '', since: own.created_at }
  })
}

/**
 * Opens the issue of an incident, or updates the open one.
 * @returns the issue's number.
 * @throws ToolkitError of reason `github-api`.
 */
export async function reportIncident(
  client: GitHubClient,
  incident: Incident,
  open: OpenIncident | undefined,
  { title, body: text }: IncidentText,
): Promise<number> {
  const { owner, repo } = client
  return describeApiErrors('report the incident as an issue', async () => {
    const body = `${incident.marker}\n\n${text}`
    if (open === undefined) {
      const route = 'POST /repos/{owner}/{repo}/issues'
      const created = await client.request(route, { owner, repo, title, body, labels: [incident.label] })
      return created.data.number
    }
    const route = 'PATCH /repos/{owner}/{repo}/issues/{issue_number}'
    await client.request(route, { owner, repo, issue_number: open.number, title, body })
    return open.number
  })
}

/**
 * Closes the issue of an incident with a last comment.
 * @throws ToolkitError of reason `github-api`.
 */
export function closeIncident(client: GitHubClient, open: OpenIncident, comment: string): Promise<void> {
  return describeApiErrors('close the issue of an incident that is over', () =>
    close(client, open.number, comment),
  )
}

/**
 * Closes each open issue of ours that has a label of an incident that is over.
 *
 * @param comment The last one.
 * @returns the closed issues' numbers.
 * @throws ToolkitError of reason `github-api`.
 */
export async function closeIncidents(
  client: GitHubClient,
  { marker, isOver }: { readonly marker: string; readonly isOver: (label: string, body: string) => boolean },
  comment: string,
): Promise<readonly number[]> {
  return describeApiErrors('close the issues of incidents that are over', async () => {
    const login = await client.ownLogin()
    const numbers = (await openIssues(client))
      .filter(issue => isOurs(issue, marker, login))
      .filter(({ labels, body }) =>
        labels.some(each => isOver(typeof each === 'string' ? each : (each.name ?? ''), body ?? '')),
      )
      .map(({ number }) => number)
    for (const number of numbers) await close(client, number, comment)
    return numbers
  })
}

async function openIssues({ owner, repo, request }: GitHubClient) {
  const route = 'GET /repos/{owner}/{repo}/issues'
  const page = async (number: number) =>
    (await request(route, { owner, repo, state: 'open', per_page: 100, page: number })).data
  const issues = await page(1)
  for (let next = 2; issues.length === (next - 1) * 100; next += 1) issues.push(...(await page(next)))
  return issues
}

async function close({ owner, repo, request }: GitHubClient, number: number, body: string): Promise<void> {
  const issue = { owner, repo, issue_number: number }
  await request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', { ...issue, body })
  await request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', { ...issue, state: 'closed' })
}
