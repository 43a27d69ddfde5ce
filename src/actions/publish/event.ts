import { createHash } from 'node:crypto'
import type { Place } from '../../domain/finding.ts'
import type { GitHubClient, Repository } from '../../github/client.ts'
import { pullRequestOfHead } from '../../github/pull-requests.ts'
import type { ChangedFiles } from '../../report/proposed-change.ts'
import { ToolkitError } from '../../support/errors.ts'
import { eventOf } from '../../support/event.ts'
import { member, text } from '../../support/json.ts'
import { repositoryAddress } from '../event-base.ts'
import type { Runtime } from '../run-action.ts'

type Environment = Runtime['environment']

export interface PullRequest {
  readonly number: number
  readonly commit?: string
}

export function repositoryOf(environment: Environment): Repository & { readonly apiUrl: string } {
  const [owner = '', repo = ''] = (environment.GITHUB_REPOSITORY ?? '').split('/')
  return { owner, repo, apiUrl: environment.GITHUB_API_URL ?? 'https://api.github.com' }
}

/** The commit of a pull request that was checked: the workflow names it in its input `head-commit` if it was started by hand. */
export function headCommitOf(environment: Environment): string | undefined {
  const event = eventOf(environment)
  return (
    text(member(event, 'pull_request', 'head', 'sha') ?? member(event, 'inputs', 'head-commit')) || undefined
  )
}

/** Whether a person started the workflow to roll a server back. */
export function isRollback(environment: Environment): boolean {
  return member(eventOf(environment), 'inputs', 'operation') === 'rollback'
}

/** The commits of a push, of which a merge queue can make one for several pull requests. */
export function pushedCommits(environment: Environment): readonly string[] {
  const commits = member(eventOf(environment), 'commits')
  return Array.isArray(commits) ? commits.flatMap(each => text(member(each, 'id')) ?? []) : []
}

/**
 * The pull request to comment on, and the commit that was checked: from the event that GitHub wrote, or from the workflow's own input,
 * never from a file of the job.
 */
export async function pullRequestOf(
  client: GitHubClient,
  environment: Environment,
  given: number | undefined,
): Promise<PullRequest> {
  const commit = headCommitOf(environment)
  const number =
    given ??
    member(eventOf(environment), 'number') ??
    (commit && (await pullRequestOfHead(client, commit))?.number)
  if (typeof number === 'number' && Number.isSafeInteger(number)) {
    return { number, ...(commit && { commit }) }
  }
  throw new ToolkitError({
    reason: 'input-invalid',
    what: 'There is no pull request to comment on.',
    where: 'the event that triggered the workflow',
    remedy:
      'Run `task: publish` in a workflow on `pull_request` or `push`, or set `pull-request` to the number of the pull request.',
  })
}

/** The address of the log of this run; undefined outside a runner. */
export function runAddress(environment: Environment): string | undefined {
  const { GITHUB_RUN_ID: run } = environment
  return run && `${repositoryAddress(environment)}/actions/runs/${run}`
}

/** The path of the file of this workflow, which GITHUB_WORKFLOW_REF has between the repository and the branch. */
export function workflowOf({ GITHUB_WORKFLOW_REF: ref = '' }: Environment): string {
  return ref
    .replace(/@refs\/.*$/, '')
    .split('/')
    .slice(2)
    .join('/')
}

/** The address at which the template that reviews changes is started by hand. */
export function reviewAddress(environment: Environment): string {
  return `${repositoryAddress(environment)}/actions/workflows/matrix-auth-review.yml`
}

/** The address of a place in the diff of a pull request; where the diff does not have the line, in the file at the commit. */
export function placeAddress(
  environment: Environment,
  number: number,
  commit: string | undefined,
  files: ChangedFiles,
): (place: Place) => string | undefined {
  const repository = repositoryAddress(environment)
  return ({ file, line }) => {
    const anchor = createHash('sha256').update(file).digest('hex')
    if (files.get(file)?.has(line)) return `${repository}/pull/${number}/files#diff-${anchor}R${line}`
    const path = file.split('/').map(encodeURIComponent).join('/')
    return commit && `${repository}/blob/${commit}/${path}#L${line}`
  }
}
