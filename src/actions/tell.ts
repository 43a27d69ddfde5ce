import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { commentMarker, renderComment } from '../report/comment.ts'
import { type Health, renderHealth } from '../report/health.ts'
import { pagesOf } from '../report/pages.ts'
import { ToolkitError } from '../support/errors.ts'
import { maskSecret, printLog, type Runner } from '../support/runner.ts'
import { actionInput, readInputs, text } from './inputs.ts'
import { runAction } from './run-action.ts'
import { type Reports, readReports } from './tell/reports.ts'

const inputTable = { 'report-path': text('report'), 'github-token': text() }

async function main(runner: Runner): Promise<void> {
  const inputs = readInputs(inputTable, actionInput(runner.environment))
  maskSecret(runner, inputs.githubToken)
  const root = runner.environment.GITHUB_WORKSPACE ?? process.cwd()
  const reports = readReports(resolve(root, inputs.reportPath))
  const { createGitHubClient } = await import('../github/client.ts')
  const client = createGitHubClient({ ...repositoryOf(runner), token: inputs.githubToken })
  const log = (line: string) => printLog(runner, line)
  if (reports.validation) log(await comment(client, runner, reports.validation, reports))
  for (const health of reports.doctor ?? []) log(await tellHealth(client, health))
}

type Client = Awaited<ReturnType<typeof import('../github/client.ts').createGitHubClient>>

async function comment(
  client: Client,
  runner: Runner,
  verdict: NonNullable<Reports['validation']>,
  { rehearsal }: Reports,
): Promise<string> {
  const { writeStickyComment } = await import('../github/comments.ts')
  const number = pullRequestNumber(runner)
  const pages = pagesOf(runner.environment)
  const body = renderComment({
    verdict,
    ...(rehearsal && { forecasts: rehearsal }),
    ...(pages && { pages }),
  })
  return `The comment on #${number} was ${await writeStickyComment(client, number, commentMarker, body)}.`
}

/** One issue for one host: opened or brought up to date while it is ill, closed when it is well. */
async function tellHealth(client: Client, health: Health): Promise<string> {
  const { closeTrouble, reportTrouble } = await import('../github/issues.ts')
  const label = `matrix-doctor:${health.host}`.slice(0, 50)
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

function repositoryOf({ environment }: Runner): { owner: string; repo: string; apiUrl: string } {
  const [owner = '', repo = ''] = (environment.GITHUB_REPOSITORY ?? '').split('/')
  return { owner, repo, apiUrl: environment.GITHUB_API_URL ?? 'https://api.github.com' }
}

/** From the event that GitHub wrote, never from a file of the job. */
function pullRequestNumber({ environment }: Runner): number {
  const event: unknown = JSON.parse(
    readFileSync(environment.GITHUB_EVENT_PATH ?? '/dev/null', 'utf8') || '{}',
  )
  const number = typeof event === 'object' && event !== null && 'number' in event ? event.number : undefined
  if (typeof number === 'number' && Number.isSafeInteger(number)) return number
  throw new ToolkitError({
    kind: 'input',
    reason: 'input-invalid',
    what: 'The event names no pull request to comment on.',
    remedy: 'Use `task: tell` with a validation report in a workflow on `pull_request`.',
  })
}

await runAction(main)
