import { ToolkitError } from '../support/errors.ts'
import { eventOf } from '../support/event.ts'
import { tipOf } from '../support/git.ts'
import { member, text } from '../support/json.ts'
import { ownRemote } from './event-base.ts'
import type { Runtime } from './run-action.ts'

/** Servers get what the default branch asks for. Ending a run, or rolling back, does not depend on it. */
export type Freshness = 'newest' | 'any'

/**
 * Requires that the run is of the default branch, and of its newest commit: a run can be repeated later, or wait for approval while
 * others merge.
 * @throws ToolkitError of reason `commit-outdated` or `fetch-failed`.
 */
export async function requireDefaultBranch(
  freshness: Freshness,
  token: string | undefined,
  { environment, repository: { root } }: Pick<Runtime, 'environment' | 'repository'>,
): Promise<void> {
  const { GITHUB_REF: ref = '', GITHUB_SHA: commit = '' } = environment
  const branch = text(member(eventOf(environment), 'repository', 'default_branch')) ?? ''
  if (ref !== `refs/heads/${branch}`) {
    throw outdated(
      `This run is of \`${ref}\`, not of the default branch, \`${branch}\`.`,
      'Start the workflow from the default branch.',
    )
  }
  if (freshness === 'any') return
  const tip = await tipOf(root, ownRemote(environment, token), branch)
  if (tip === commit) return
  throw outdated(
    `This run is of commit \`${commit}\`, but the newest commit of \`${branch}\` is \`${tip}\`.`,
    `If \`${branch}\` still asks for this change, start the workflow manually: a newer run works only on the hosts that its own commit touches.`,
  )
}

function outdated(what: string, remedy: string): ToolkitError {
  return new ToolkitError({ reason: 'commit-outdated', what: `${what} Nothing was done.`, remedy })
}
