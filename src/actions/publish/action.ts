import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import type { HealthReport } from '../../domain/reports.ts'
import { commentMarker, renderComment, renderNoVerdict } from '../../report/comment.ts'
import { renderHealth, renderNoDoctor } from '../../report/health.ts'
import { pagesOf } from '../../report/pages.ts'
import { ToolkitError } from '../../support/errors.ts'
import { eventOf, member } from '../../support/event.ts'
import { type Inputs, optional, text, wholeNumber } from '../inputs.ts'
import { defineAction, type Runtime } from '../run-action.ts'
import { maskSecret } from '../runner.ts'
import { type Reports, readReports } from './reports.ts'

const inputTable = {
  'report-path': text('report'),
  'github-token': text(),
  'pull-request': optional(wholeNumber({ min: 1 })),
}

export const publish = defineAction({ inputs: inputTable, run })

async function run(inputs: Inputs<typeof inputTable>, runtime: Runtime): Promise<void> {
  const { root, environment, log } = runtime
  maskSecret(inputs.githubToken)
  const reports = readReports(resolve(root, inputs.reportPath))
  const { createGitHubClient } = await import('../../github/client.ts')
  const client = createGitHubClient({ ...repositoryOf(runtime), token: inputs.githubToken })
  const { pullRequest: given } = inputs
  const isReview = environment.GITHUB_EVENT_NAME === 'pull_request' || given !== undefined
  if (isReview || reports.validation)
    log(await comment(client, pullRequest(runtime, given), runtime, reports))
  else for (const line of await publishDoctor(client, runtime, reports.doctor)) log(line)
}

type Client = Awaited<ReturnType<typeof import('../../github/client.ts').createGitHubClient>>

async function comment(
  client: Client,
  { number, commit }: PullRequest,
  runtime: Runtime,
  { validation, rehearsal }: Reports,
): Promise<string> {
  const { writeStickyComment } = await import('../../github/comments.ts')
  const pages = pagesOf(runtime.environment)
  const body = validation
    ? renderComment({
        verdict: validation,
        ...(rehearsal && { rehearsals: rehearsal }),
        ...(commit !== undefined && { commit }),
        ...(pages && { pages }),
      })
    : renderNoVerdict(commit, runAddress(runtime))
  return `The comment on #${number} was ${await writeStickyComment(client, number, commentMarker, body)}.`
}

/** A doctor that gets nowhere is a trouble too: what nobody looks at may be down. */
async function publishDoctor(client: Client, runtime: Runtime, hosts: Reports['doctor']): Promise<string[]> {
  const { closeTrouble, reportTrouble } = await import('../../github/issues.ts')
  const label = 'matrix-doctor'
  if (!hosts) {
    const body = renderNoDoctor(runAddress(runtime))
    const number = await reportTrouble(client, { label, title: 'The doctor could not run', body })
    return [`There is no report of the doctor: #${number} says so.`]
  }
  const closed = await closeTrouble(client, label, 'The doctor runs again.')
  const lines = closed === undefined ? [] : [`The doctor runs again: #${closed} is closed.`]
  for (const health of hosts) lines.push(await publishHealth(client, health))
  return lines
}

/** One issue for one host: opened or brought up to date while it is ill, closed when it is well. */
async function publishHealth(client: Client, health: HealthReport): Promise<string> {
  const { closeTrouble, reportTrouble } = await import('../../github/issues.ts')
  const label = labelOf(health.host)
  if (health.healthy) {
    const closed = await closeTrouble(client, label, `The doctor finds \`${health.host}\` healthy again.`)
    return closed === undefined
      ? `${health.host} is healthy.`
      : `${health.host} is healthy again: #${closed} is closed.`
  }
  const title = `The doctor finds ${health.host} not healthy`
  const number = await reportTrouble(client, { label, title, body: renderHealth([health]) })
  return `${health.host} is not healthy: #${number} says what was found.`
}

function repositoryOf({ environment }: Runtime): { owner: string; repo: string; apiUrl: string } {
  const [owner = '', repo = ''] = (environment.GITHUB_REPOSITORY ?? '').split('/')
  return { owner, repo, apiUrl: environment.GITHUB_API_URL ?? 'https://api.github.com' }
}

/** GitHub takes 50 characters; of two long names one must not stand for the other. */
function labelOf(host: string): string {
  const label = `matrix-doctor:${host}`
  if (label.length <= 50) return label
  return `${label.slice(0, 41)}~${createHash('sha256').update(host).digest('hex').slice(0, 8)}`
}

interface PullRequest {
  readonly number: number
  readonly commit?: string
}

/**
 * From the event that GitHub wrote, or from the workflow's own input, never from a file of the job. The commit is the
 * event's, too: what somebody started by hand names it in its input `head-commit`.
 */
function pullRequest({ environment }: Runtime, given: number | undefined): PullRequest {
  const event = eventOf(environment)
  const number = given ?? member(event, 'number')
  const commit = member(event, 'pull_request', 'head', 'sha') ?? member(event, 'inputs', 'head-commit')
  if (typeof number === 'number' && Number.isSafeInteger(number)) {
    return { number, ...(typeof commit === 'string' && { commit }) }
  }
  throw new ToolkitError({
    kind: 'input',
    reason: 'input-invalid',
    what: 'The event names no pull request to comment on.',
    remedy:
      'Use `task: publish` with a validation report in a workflow on `pull_request`, or give `pull-request`, its number.',
  })
}

/** Where people read what this run printed. */
function runAddress({ environment }: Runtime): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment
  return server && repository && run ? `${server}/${repository}/actions/runs/${run}` : undefined
}
