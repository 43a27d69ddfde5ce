import { resolve } from 'node:path'
import { createGitHubClient, type GitHubClient } from '../../github/client.ts'
import { writeStickyComment } from '../../github/comments.ts'
import { commentMarker, renderComment, renderNoVerdict } from '../../report/comment.ts'
import { pagesOf } from '../../report/pages.ts'
import { type Inputs, optional, secret, text, wholeNumber } from '../inputs.ts'
import { defineAction, type Runtime } from '../run-action.ts'
import { type PullRequest, pullRequestOf, repositoryOf, runAddress } from './event.ts'
import { publishHealth } from './health.ts'
import { type Reports, readReports } from './reports.ts'

const inputTable = {
  'report-path': text('report'),
  'github-token': secret(),
  'pull-request': optional(wholeNumber({ min: 1 })),
}

/** Publishes what earlier jobs found: a comment on the pull request, or the issues of the doctor. */
export const publish = defineAction({ inputs: inputTable, run })

async function run(
  inputs: Inputs<typeof inputTable>,
  { repository: { root }, environment, log }: Runtime,
): Promise<void> {
  const reports = readReports(resolve(root, inputs.reportPath))
  const client = createGitHubClient({ ...repositoryOf(environment), token: inputs.githubToken })
  const isReview = environment.GITHUB_EVENT_NAME === 'pull_request' || inputs.pullRequest !== undefined
  if (isReview || reports.validation) {
    log(await comment(client, pullRequestOf(environment, inputs.pullRequest), environment, reports))
  } else {
    const pages = pagesOf(environment)
    for (const line of await publishHealth(client, reports.doctor, runAddress(environment), pages)) log(line)
  }
}

async function comment(
  client: GitHubClient,
  { number, commit }: PullRequest,
  environment: Runtime['environment'],
  { validation, rehearsal }: Reports,
): Promise<string> {
  const pages = pagesOf(environment)
  const body = validation
    ? renderComment({
        verdict: validation,
        ...(rehearsal && { rehearsals: rehearsal }),
        ...(commit !== undefined && { commit }),
        ...(pages && { pages }),
      })
    : renderNoVerdict(commit, runAddress(environment))
  return `The comment on #${number} was ${await writeStickyComment(client, number, commentMarker, body)}.`
}
