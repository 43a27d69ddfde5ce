import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { HostOutcome, VarsToRestore } from '../../domain/reports.ts'
import type { GitHubClient } from '../../github/client.ts'
import { openedBefore, openPullRequest, type Proposal } from '../../github/proposals.ts'
import { desiredStage } from '../../inventory/desired-stage.ts'
import { inventoryOf } from '../../inventory/inventory-of.ts'
import { readCheckout } from '../../playbook/checkout.ts'
import { link, note, paragraph } from '../../report/document.ts'
import { renderMarkdown } from '../../report/markdown.ts'
import { differs, otherLines, restoration } from '../../report/restoration.ts'
import { ToolkitError } from '../../support/errors.ts'
import { titleText } from '../../support/escape.ts'
import { checkOut, git, tipOf } from '../../support/git.ts'
import { ownRemote } from '../event-base.ts'
import { playbookAtPin } from '../playbook.ts'
import { Repository } from '../repository.ts'
import type { Runtime } from '../run-action.ts'
import { requireDefaultBranch } from '../tip.ts'
import { varsToRestore } from '../vars-to-restore.ts'
import { runAddress } from './event.ts'
import type { PublishInputs } from './inputs.ts'

/**
 * After a rollback by hand, opens the pull request that makes the default branch match the server again; shows the change where the
 * token may not. It reads the default branch by itself, as text: of the reports it uses only the name of a host.
 *
 * @returns a line for the log.
 */
export async function publishRollback(
  client: GitHubClient,
  outcomes: readonly HostOutcome[],
  inputs: PublishInputs,
  runtime: Runtime,
): Promise<string> {
  const rolledBack = outcomes.find(({ operation, ok }) => operation === 'rollback' && ok)
  if (rolledBack === undefined) return 'No server was rolled back.'
  const { host } = rolledBack
  const base = requireDefaultBranch(runtime)
  const change = await changeFor(host, base, inputs, runtime)
  if (change === undefined) return `The vars of ${base} do not ask for a live MAS on ${host}.`
  const { parent, toRestore, files } = change
  try {
    if (Object.keys(files).length > 0) {
      const proposal = { base, parent, files, ...textsOf(host, runtime.environment) }
      const before = await openedBefore(client, proposal)
      if (before !== undefined) return `#${before} is still open, and does this.`
      return `Opened #${await openPullRequest(client, proposal)}.`
    }
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error
    runtime.log(`${error.message} ${error.remedy}`)
  }
  await runtime.port.note(restoration(host, toRestore))
  return toRestore.patch ?? toRestore.lines.join('\n')
}

function textsOf(
  host: string,
  environment: Runtime['environment'],
): Pick<Proposal, 'branch' | 'title' | 'body'> {
  const run = runAddress(environment)
  return {
    branch: `matrix-auth-actions/rollback-${environment.GITHUB_RUN_ID}-${environment.GITHUB_RUN_ATTEMPT ?? '1'}`,
    title: titleText(`Keep Synapse's built-in login on ${host}`),
    body: renderMarkdown([
      paragraph(
        ...differs(host),
        ...(run === undefined ? [] : [' ', link('This run', run), ' rolled it back.']),
        ' Until this is merged, deployments of this host are refused.',
      ),
      ...otherLines,
      note('If the checks of this pull request do not start, approve them, or close it and open it again.'),
    ]),
  }
}

interface Change {
  readonly parent: string
  readonly toRestore: VarsToRestore
  /** Empty where a program cannot change them safely. */
  readonly files: Readonly<Record<string, string>>
}

/** What to change in the newest commit of the default branch; undefined where it does not ask for a live MAS. */
async function changeFor(
  host: string,
  branch: string,
  inputs: PublishInputs,
  runtime: Runtime,
): Promise<Change | undefined> {
  const folder = mkdtempSync(join(runtime.environment.RUNNER_TEMP ?? tmpdir(), 'default-branch-'))
  try {
    return await changeIn(folder, host, branch, inputs, runtime)
  } finally {
    // Vars can hold secrets, and the folder of a self-hosted runner can outlive the job.
    rmSync(folder, { recursive: true, force: true })
  }
}

async function changeIn(
  folder: string,
  host: string,
  branch: string,
  inputs: PublishInputs,
  { environment, log }: Runtime,
): Promise<Change | undefined> {
  const remote = ownRemote(environment, inputs.githubToken)
  const parent = await tipOf(folder, remote, branch)
  await checkOut(folder, remote, parent)
  const repository = new Repository(folder)
  const found = inventoryOf(repository.files, inputs.inventory).host(host)
  if (found === undefined || desiredStage(found).stage !== 'live') return undefined
  const playbook = (await playbookAtPin(inputs, { repository, log })) ?? inputs.playbookPath
  const toRestore = varsToRestore(await readCheckout(resolve(folder, playbook)), found, repository.files)
  return { parent, toRestore, files: await patched(folder, toRestore.patch) }
}

async function patched(folder: string, patch: string | undefined): Promise<Readonly<Record<string, string>>> {
  if (patch === undefined) return {}
  const file = join(folder, '.git/restore.patch')
  writeFileSync(file, `${patch}\n`)
  await git(folder, ['apply', '--unidiff-zero', file])
  const { stdout } = await git(folder, ['diff', '--name-only', '-z'])
  const names = stdout.split('\0').filter(Boolean)
  return Object.fromEntries(names.map(name => [name, readFileSync(join(folder, name), 'utf8')]))
}
