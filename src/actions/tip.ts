import { ToolkitError } from '../support/errors.ts'
import { eventOf } from '../support/event.ts'
import { fetchCommit, tipOf } from '../support/git.ts'
import { member, text } from '../support/json.ts'
import { ownRemote } from './event-base.ts'
import type { Runtime } from './run-action.ts'
import { changesSince } from './validate-config/sources.ts'

/**
 * The name of the default branch, of which the run must be.
 * @throws ToolkitError of reason `commit-outdated`.
 */
export function requireDefaultBranch({ environment }: Pick<Runtime, 'environment'>): string {
  const { GITHUB_REF: ref = '' } = environment
  const branch = text(member(eventOf(environment), 'repository', 'default_branch')) ?? ''
  if (ref === `refs/heads/${branch}`) return branch
  throw outdated(
    `This run is of \`${ref}\`, not of the default branch, \`${branch}\`.`,
    'Start the workflow from the default branch.',
  )
}

/** The newest commit of the default branch, where it is not the commit of the run. */
export interface NewerCommit {
  readonly tip: string
  /** The files that differ; absent where they are unknown. */
  readonly changedFiles?: readonly string[]
}

/**
 * Compares the run's commit with the newest one of the default branch: a run can be repeated later, or wait while others merge.
 * @returns undefined where they are the same.
 * @throws ToolkitError of reason `commit-outdated` or `fetch-failed`.
 */
export async function newerCommit(
  inventory: readonly string[],
  token: string | undefined,
  runtime: Pick<Runtime, 'environment' | 'repository'>,
): Promise<NewerCommit | undefined> {
  const { environment, repository } = runtime
  const { root } = repository
  const remote = ownRemote(environment, token)
  const tip = await tipOf(root, remote, requireDefaultBranch(runtime))
  if (tip === environment.GITHUB_SHA) return undefined
  await fetchCommit(root, remote, tip)
  return { tip, ...(await changesSince(root, tip, inventory)) }
}

/** A newer commit that changes a host has a run of its own, which deploys all vars of this host. */
export function replacedBy(
  tip: string,
  hosts: readonly string[],
  { GITHUB_SHA: commit }: Runtime['environment'],
) {
  return outdated(
    `This run is of commit \`${commit}\`, but the newest commit, \`${tip}\`, has other vars or another playbook for ${hosts.join(', ')}.`,
    'The run of the newer commit deploys them, or says which operation to start manually. If there is none, start the workflow manually.',
  )
}

function outdated(what: string, remedy: string): ToolkitError {
  return new ToolkitError({ reason: 'commit-outdated', what: `${what} Nothing was done.`, remedy })
}
