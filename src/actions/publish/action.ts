import type { HostOutcome } from '../../domain/reports.ts'
import type { Verdict } from '../../domain/verdict.ts'
import { createGitHubClient, type GitHubClient } from '../../github/client.ts'
import { stickyComment, writeStickyComment } from '../../github/comments.ts'
import { headOf, pullRequestsMergedBy } from '../../github/pull-requests.ts'
import { type Status, setStatus } from '../../github/statuses.ts'
import { commentMarker, rehearsedMarker, renderComment, renderNoVerdict } from '../../report/comment.ts'
import { outcomeMarker, renderOutcome } from '../../report/outcome.ts'
import { pagesOf } from '../../report/pages.ts'
import { isImpossible } from '../../report/readiness.ts'
import { isDraft, isTextEdit } from '../../support/event.ts'
import { plural } from '../../support/plural.ts'
import { reportFolder } from '../report-folder.ts'
import { defineAction, type Runtime } from '../run-action.ts'
import {
  headCommitOf,
  isRollback,
  type PullRequest,
  placeAddress,
  pullRequestOf,
  pushedCommits,
  repositoryOf,
  reviewAddress,
  runAddress,
  workflowOf,
} from './event.ts'
import { publishHealth } from './health.ts'
import { inputTable, type PublishInputs } from './inputs.ts'
import { type Reports, readReports } from './reports.ts'
import { suggestFixes } from './suggestions.ts'

/** Publishes what earlier jobs found: a comment on the pull request, the pull request after a rollback, or the issues of the doctor. */
export const publish = defineAction({ inputs: inputTable, run })

async function run(inputs: PublishInputs, runtime: Runtime): Promise<void> {
  const { environment, log } = runtime
  const reports = readReports(reportFolder(inputs, runtime))
  const client = createGitHubClient({ ...repositoryOf(environment), token: inputs.githubToken })
  const event = environment.GITHUB_EVENT_NAME
  if (event === 'push') return log(await commentOnMerged(client, environment, reports))
  if (isTextEdit(environment))
    return log('Only the title or the text was edited: what an earlier run published stays.')
  // The event says it, not a report: only GitHub writes it.
  if (isRollback(environment)) {
    const { publishRollback } = await import('./rollback.ts')
    return log(await publishRollback(client, reports.outcomes ?? [], inputs, runtime))
  }
  const isReview = inputs.pullRequest !== undefined || headCommitOf(environment) !== undefined
  if (isReview || reports.validation) {
    const pullRequest = await pullRequestOf(client, environment, inputs.pullRequest)
    log(await comment(client, pullRequest, runtime, reports))
    if (event === 'workflow_dispatch' && pullRequest.commit !== undefined)
      await setStatus(client, pullRequest.commit, rehearsalStatus(reports, runAddress(environment)))
  } else {
    const context = {
      workflow: workflowOf(environment),
      run: runAddress(environment),
      pages: pagesOf(environment),
      now: new Date(),
    }
    for (const line of await publishHealth(client, reports.doctor, context)) log(line)
  }
}

/** GitHub shows no job of a workflow that was started by hand on the pull request. */
function rehearsalStatus({ validation, rehearsal = [] }: Reports, address: string | undefined): Status {
  const about = { context: 'Rehearsal', address }
  if (!validation) return { ...about, state: 'failure', description: 'The commit was not checked.' }
  if (isImpossible(validation))
    return { ...about, state: 'failure', description: 'Not rehearsed: the commit is not ready to be merged.' }
  const toRehearse = validation.hosts.filter(({ outlook }) => outlook.expected === 'migrate').length
  const passed = rehearsal.filter(({ verdict }) => verdict !== 'would-fail' && verdict !== 'failed').length
  return {
    ...about,
    state: passed === toRehearse ? 'success' : 'failure',
    description: `Passed on ${passed} of ${plural(toRehearse, 'host')} that would migrate.`,
  }
}

/** What a merge did to the servers. */
async function commentOnMerged(
  client: GitHubClient,
  environment: Runtime['environment'],
  { outcomes = [], validation }: Reports,
): Promise<string> {
  const { GITHUB_SHA: commit = '', GITHUB_RUN_ATTEMPT: attempt = '1' } = environment
  // Such as an old run that is repeated, which is refused. The artifacts of its jobs can be those of an earlier attempt.
  if (attempt !== '1' && (isRefused(outcomes) || outcomes.every(({ operation }) => operation === 'plan')))
    return 'This attempt reached no host: what was published before stays.'
  const numbers = await pullRequestsMergedBy(client, commit, pushedCommits(environment))
  if (numbers.length === 0) return `No merged pull request has the commit ${commit}: nothing is published.`
  const body = renderOutcome([...outcomes, ...notReached(outcomes, validation)], commit, {
    run: runAddress(environment),
    review: reviewAddress(environment),
    pages: pagesOf(environment),
  })
  const lines: string[] = []
  for (const number of numbers)
    lines.push(
      `The outcome on #${number} was ${await writeStickyComment(client, number, outcomeMarker, body)}.`,
    )
  return lines.join('\n')
}

/** Whether the plan was refused, for all hosts. */
function isRefused(outcomes: readonly HostOutcome[]): boolean {
  return outcomes.some(({ host }) => host === '')
}

/** The hosts that the merge touches, and for which no job told an outcome. */
function notReached(outcomes: readonly HostOutcome[], validation: Verdict | undefined): HostOutcome[] {
  if (isRefused(outcomes)) return []
  const told = new Set(outcomes.map(({ host }) => host))
  const touched = validation?.hosts.filter(
    ({ host, outlook }) => outlook.expected !== 'nothing' && !told.has(host),
  )
  const sentence =
    'No result: an earlier host failed, or the job was cancelled, not approved or replaced by a newer one. If GitHub lost the runner, the job may have changed the server: check its status.'
  return (touched ?? []).map(({ host }) => ({ host, operation: 'plan', ok: false, sentence }))
}

async function comment(
  client: GitHubClient,
  { number, commit }: PullRequest,
  { environment, log }: Runtime,
  { validation, rehearsal }: Reports,
): Promise<string> {
  const newest = commit && (await headOf(client, number))
  if (newest !== commit)
    return `#${number} has a newer commit (${newest}), which is checked by another run: nothing is published.`
  const run = runAddress(environment)
  if (!validation) {
    const body = renderNoVerdict(commit, run)
    return `The comment on #${number} was ${await writeStickyComment(client, number, commentMarker, body)}.`
  }
  const pages = pagesOf(environment)
  const previous = await stickyComment(client, number, commentMarker)
  const { changedFiles, suggested } = await suggestFixes(client, number, commit, validation.findings, log)
  const parts = {
    verdict: validation,
    changedFiles,
    suggested,
    review: reviewAddress(environment),
    isDraft: isDraft(environment),
    addressOf: placeAddress(environment, number, commit, changedFiles),
    ...(rehearsal && { rehearsals: rehearsal }),
    ...(commit !== undefined && { commit }),
    ...(pages && { pages }),
    ...(run !== undefined && { run }),
    ...(previous !== undefined && { previous }),
  }
  // A run that repeats only the check, or was cancelled, does not replace the rehearsal of the same commit.
  const kept = rehearsal ? undefined : rehearsedMarker(parts)
  const result = await writeStickyComment(client, number, commentMarker, renderComment(parts), kept)
  return `The comment on #${number} was ${result}.`
}
