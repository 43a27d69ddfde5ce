import { createGitHubClient } from '../../github/client.ts'
import { mergeBaseOf, pullRequestOfHead } from '../../github/pull-requests.ts'
import { ToolkitError } from '../../support/errors.ts'
import { fetchCommit } from '../../support/git.ts'
import { isCommit, ownRemote } from '../event-base.ts'
import { optional, readInputs, secret, text } from '../inputs.ts'
import { repositoryOf } from '../publish/event.ts'
import type { Runtime } from '../run-action.ts'
import type { InputSource } from '../runner.ts'
import { requireDefaultBranch } from '../tip.ts'

const inputTable = { 'head-commit': optional(text()), 'github-token': optional(secret()) }

/**
 * For a workflow that is started by hand: the commit that the change of a pull request is based on. The commit that a person has read
 * must be the head of an open pull request of this repository, not of a fork. Without a commit, the default branch is checked as it is.
 *
 * @returns the input `base-ref`.
 * @throws ToolkitError of reason `commit-outdated`, `input-invalid`, `github-api` or `fetch-failed`.
 */
export async function reviewedChange(
  source: InputSource,
  runtime: Runtime,
): Promise<Readonly<Record<string, string>>> {
  const { environment, repository } = runtime
  if (environment.GITHUB_EVENT_NAME !== 'workflow_dispatch') return {}
  const { headCommit, githubToken = '' } = readInputs(inputTable, source)
  requireDefaultBranch(runtime)
  if (headCommit === undefined) return {}
  const client = createGitHubClient({ ...repositoryOf(environment), token: githubToken })
  const pull = isCommit(headCommit) ? await pullRequestOfHead(client, headCommit) : undefined
  if (pull === undefined) {
    throw new ToolkitError({
      reason: 'commit-outdated',
      what: '`head-commit` is not the head of an open pull request of this repository. Nothing was done.',
      remedy:
        'Read the newest commit of the pull request, and start the workflow again with all of its 40 digits. The vars of a fork are never run.',
    })
  }
  const base = await mergeBaseOf(client, pull.base, headCommit)
  await fetchCommit(repository.root, ownRemote(environment, githubToken), base)
  return { 'base-ref': base }
}
