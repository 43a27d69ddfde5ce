import { createHash } from 'node:crypto'
import type { HealthReport } from '../../domain/reports.ts'
import type { GitHubClient } from '../../github/client.ts'
import { closeIncident, reportIncident } from '../../github/issues.ts'
import { renderHealth, renderNoDoctor } from '../../report/health.ts'
import type { Pages } from '../../report/pages.ts'

/**
 * Opens, updates and closes the doctor's issues. A missing report is an incident too: the servers may be down.
 * @returns a line for the log for each step.
 */
export async function publishHealth(
  client: GitHubClient,
  hosts: readonly HealthReport[] | undefined,
  runAddress: string | undefined,
  pages: Pages | undefined,
): Promise<string[]> {
  const label = 'matrix-doctor'
  if (!hosts) {
    const body = renderNoDoctor(runAddress)
    const number = await reportIncident(client, { label, title: 'The doctor could not run', body })
    return [`The doctor wrote no report: reported in #${number}.`]
  }
  const closed = await closeIncident(client, label, 'The doctor runs again.')
  const lines = closed === undefined ? [] : [`The doctor runs again: closed #${closed}.`]
  for (const health of hosts) lines.push(await publishHost(client, health, pages))
  return lines
}

/** One issue for each host: open while the host is unhealthy. */
async function publishHost(
  client: GitHubClient,
  health: HealthReport,
  pages: Pages | undefined,
): Promise<string> {
  const { host, healthy } = health
  const label = labelOf(host)
  if (healthy) {
    const closed = await closeIncident(client, label, `\`${host}\` is healthy again.`)
    return closed === undefined ? `${host} is healthy.` : `${host} is healthy again: closed #${closed}.`
  }
  const title = `${host} is not healthy`
  const number = await reportIncident(client, { label, title, body: renderHealth([health], pages) })
  return `${host} is not healthy: reported in #${number}.`
}

/** GitHub allows 50 characters. The digest keeps two long names apart. */
function labelOf(host: string): string {
  const label = `matrix-doctor:${host}`
  if (label.length <= 50) return label
  return `${label.slice(0, 41)}~${createHash('sha256').update(host).digest('hex').slice(0, 8)}`
}
