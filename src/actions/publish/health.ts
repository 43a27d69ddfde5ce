import { createHash } from 'node:crypto'
import type { HealthReport, HealthReports } from '../../domain/reports.ts'
import type { GitHubClient } from '../../github/client.ts'
import { closeIncident, closeIncidents, findIncident, reportIncident } from '../../github/issues.ts'
import {
  incidentMarker,
  renderIncident,
  renderNoDoctor,
  renderNotChecked,
  renderRecovery,
  uncheckedErrors,
} from '../../report/health.ts'
import type { Pages } from '../../report/pages.ts'
import { titleText } from '../../support/escape.ts'

export interface HealthContext {
  /** The path of the workflow's file. */
  readonly workflow: string
  readonly run: string | undefined
  readonly pages: Pages | undefined
  readonly now: Date
}

const label = 'matrix-doctor'

/**
 * Opens, updates and closes the doctor's issues. A missing report is an incident too: the servers may be down.
 * @returns a line for the log for each step.
 */
export async function publishHealth(
  client: GitHubClient,
  reports: HealthReports | undefined,
  context: HealthContext,
): Promise<string[]> {
  const marker = incidentMarker(context.workflow)
  const open = await findIncident(client, { label, marker })
  if (open && isLater(open.body, context.run))
    return [`A newer run wrote #${open.number}: nothing is published.`]
  if (!reports) {
    const text = { title: 'The doctor could not run', body: renderNoDoctor(context.run) }
    const number = await reportIncident(client, { label, marker }, open, text)
    return [`The doctor wrote no report: reported in #${number}.`]
  }
  if (open) await closeIncident(client, open, 'The doctor runs again.')
  const lines = open ? [`The doctor runs again: closed #${open.number}.`] : []
  for (const health of reports.hosts) lines.push(await publishHost(client, health, marker, context))
  return [...lines, ...(await closeRemovedHosts(client, reports, marker, context.run))]
}

/** The doctor no longer checks these hosts, so nothing else would close their issues. */
async function closeRemovedHosts(
  client: GitHubClient,
  { inventory }: HealthReports,
  marker: string,
  run: string | undefined,
): Promise<string[]> {
  if (inventory === undefined) return []
  const known = new Set(inventory.map(host => labelOf(host).toLowerCase()))
  // GitHub ignores the case of labels.
  const isRemoved = (each: string, body: string) =>
    each.startsWith(`${label}:`) && !known.has(each.toLowerCase()) && !isLater(body, run)
  const closed = await closeIncidents(client, { marker, isOver: isRemoved }, renderNotChecked())
  return closed.map(number => `The playbook no longer runs on the host of #${number}: closed.`)
}

/** One issue for each host: open while the host is unhealthy, and until what was wrong could be checked again. */
async function publishHost(
  client: GitHubClient,
  health: HealthReport,
  marker: string,
  { run, pages, now }: Omit<HealthContext, 'workflow'>,
): Promise<string> {
  const { host, healthy } = health
  const incident = { label: labelOf(host), marker }
  const at = now.toISOString()
  const open = await findIncident(client, incident)
  if (open && isLater(open.body, run))
    return `${host}: a newer run wrote #${open.number}, which stays as it is.`
  const { since = at, body: previous = '' } = open ?? {}
  if (healthy && uncheckedErrors(health, previous).length === 0) {
    if (!open) return `${host} is healthy.`
    await closeIncident(client, open, renderRecovery(host, since, at))
    return `${host} is healthy again: closed #${open.number}.`
  }
  const title = titleText(`${host} is not healthy`)
  const body = renderIncident(health, { since, previous, at, pages, run })
  const number = await reportIncident(client, incident, open, { title, body })
  return healthy
    ? `${host}: an earlier error could not be checked again, so #${number} stays open.`
    : `${host} is not healthy: reported in #${number}.`
}

/**
 * Whether a newer run wrote the text of an issue: a person can repeat the jobs of an old one. The address at its end is that of the
 * run. Runs are numbered upwards, but anew in a repository that was moved to another server or name.
 */
function isLater(text: string, run: string | undefined): boolean {
  const [written, own] = [runIn(text), runIn(run)]
  return written.runs === own.runs && written.number > own.number
}

function runIn(text = ''): { readonly runs: string; readonly number: number } {
  const [, runs = '', number = ''] =
    [...text.matchAll(/(https?:\/\/\S+\/actions\/runs\/)(\d+)/g)].at(-1) ?? []
  return { runs, number: Number(number) }
}

/** GitHub allows 50 characters, and reads a comma as the end of a label. The digest keeps two names apart. */
function labelOf(host: string): string {
  const name = `${label}:${host}`
  if (/^[\w.:-]{1,50}$/.test(name)) return name
  const digest = createHash('sha256').update(host).digest('hex').slice(0, 8)
  return `${name.replace(/[^\w.:-]/g, '_').slice(0, 41)}~${digest}`
}
