import { existsSync, lstatSync, mkdirSync, readdirSync, realpathSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { lockFile, usualClone } from '../domain/lock-file.ts'
import { ToolkitError } from '../support/errors.ts'
import { requireFolders } from '../support/files/folders.ts'
import { writing } from '../support/files/writing.ts'
import { checkOut, git } from '../support/git.ts'
import { shellWords } from '../support/shell.ts'
import { text } from './inputs.ts'
import type { Repository } from './repository.ts'
import type { Runtime } from './run-action.ts'

export const originalPlaybook = 'https://github.com/spantaleev/matrix-docker-ansible-deploy'
export const playbookInputs = { 'playbook-repository': text(originalPlaybook) }

interface PlaybookInputs {
  readonly playbookPath: string | undefined
  readonly playbookRepository: string
}

/**
 * The path of the playbook in the commit that the repository names; fetched if it is not there, or there in an older commit that was
 * fetched before.
 *
 * @returns the path as it was given, if the repository names no commit.
 * @throws ToolkitError of reason `input-invalid`, `checkout-unsupported` or `fetch-failed`.
 */
export async function playbookAtPin(
  { playbookPath, playbookRepository }: PlaybookInputs,
  { repository, log }: Pick<Runtime, 'repository' | 'log'>,
): Promise<string | undefined> {
  const path = playbookPath ?? 'playbook'
  const commit = await pinnedCommit(repository, path)
  if (commit === undefined) return playbookPath
  const folder = resolve(repository.root, path)
  const isPlaybook = existsSync(join(folder, 'setup.yml'))
  if (!isPlaybook && (await hasOtherFiles(folder))) throw noClone(folder, commit)
  if (isPlaybook && !(await isFetchedBefore(folder, commit))) await requireCommit(folder, commit)
  else {
    requireFolders(repository.root, folder, 'The playbook')
    log(`Fetching the playbook, commit ${commit}.`)
    try {
      await fetchInto(folder, playbookRepository, commit)
    } catch (error) {
      throw await withCloneBeside(error, repository, commit)
    }
  }
  return path
}

/**
 * The folder of the playbook that is run, at the commit that the repository names.
 * @throws ToolkitError as `playbookAtPin`; of reason `input-invalid` if the repository is a clone of the playbook.
 */
export async function playbookToRun(
  inputs: PlaybookInputs & { readonly playbookPath: string },
  runtime: Pick<Runtime, 'repository' | 'log'>,
): Promise<string> {
  const { root } = runtime.repository
  const folder = resolve(root, (await playbookAtPin(inputs, runtime)) ?? inputs.playbookPath)
  if (existsSync(join(folder, 'setup.yml')) || !isPlaybookClone(root)) return folder
  throw inventoryInClone(root)
}

/** The folder of the playbook as git names its files, without links, and with a slash at its end; empty if it is the repository. */
export function labelOf(root: string, playbook: string): string {
  const label = relative(realpathSync(root), realpathSync(playbook))
  return label === '' ? '' : `${label}/`
}

/** Git ignores new files of the inventory there, and each update of the playbook would be a merge. */
export function inventoryInClone(root: string, folder = 'inventory'): ToolkitError {
  const copy = `mkdir ../matrix-inventory && cp -r ${shellWords([folder])} ../matrix-inventory/ && cd ../matrix-inventory && git init`
  return new ToolkitError({
    reason: 'input-invalid',
    what: 'The repository is a clone of the playbook. The inventory must be in a repository of its own, which pins the commit of the playbook.',
    where: root,
    remedy: `Copy the inventory to one: \`${copy}\`. Then run \`matrix-auth-actions init\` there.`,
  })
}

/**
 * The commit that the repository names, by its lock file or a submodule.
 * @throws ToolkitError of reason `input-invalid`.
 */
export async function pinnedCommit({ root, files }: Repository, path: string): Promise<string | undefined> {
  const { kind } = files.entry(lockFile)
  if (kind !== 'absent') {
    // What a link leads to can change without a change of this file.
    const isPlain = kind === 'file' && !lstatSync(join(root, lockFile)).isSymbolicLink()
    const lines = isPlain ? new TextDecoder().decode(files.read(lockFile)).split(/\r?\n/) : []
    const [commit, ...others] = lines.map(line => line.replace(/#.*/s, '').trim()).filter(Boolean)
    if (others.length === 0 && commit !== undefined && /^[0-9a-f]{40}$/.test(commit)) return commit
    throw new ToolkitError({
      reason: 'input-invalid',
      what: `${lockFile} does not name a commit.`,
      where: lockFile,
      remedy:
        'Write the commit of the playbook, with all 40 digits, on one line of this file. Comments start with #. The file must not be a symbolic link.',
    })
  }
  const submodule = await git(root, ['ls-tree', 'HEAD', '--', path])
  return submodule.code === 0 ? /^160000 commit ([0-9a-f]+)\t/.exec(submodule.stdout)?.[1] : undefined
}

/** Whether the repository is a clone of the playbook. */
export function isPlaybookClone(root: string): boolean {
  return ['setup.yml', 'roles/custom/matrix-authentication-service'].every(part =>
    existsSync(join(root, part)),
  )
}

/** The path of a supported clone there; of a repository that pins a commit, only at this commit. */
export async function cloneBeside({ root }: Repository, commit?: string): Promise<string | undefined> {
  const folder = resolve(root, usualClone)
  if (!isPlaybookClone(folder)) return undefined
  if (commit === undefined) return usualClone
  const { stdout } = await git(folder, ['rev-parse', 'HEAD'])
  return stdout.trim() === commit ? usualClone : undefined
}

/** The error also names a clone that makes the fetch unnecessary. */
async function withCloneBeside(error: unknown, repository: Repository, commit: string): Promise<unknown> {
  if (!(error instanceof ToolkitError) || error.reason !== 'fetch-failed') return error
  const beside = await cloneBeside(repository, commit)
  if (beside === undefined) return error
  const { reason, message, where, remedy } = error
  return new ToolkitError({
    reason,
    what: message,
    ...(where !== undefined && { where }),
    remedy: `Set \`playbook-path: ${beside}\`, a clone at this commit. Or: ${remedy}`,
    cause: error,
  })
}

async function fetchInto(folder: string, url: string, commit: string): Promise<void> {
  const remedy = 'Set `playbook-path` to a folder that can be written to, or to a checkout of the playbook.'
  writing(folder, remedy, () => mkdirSync(folder, { recursive: true }))
  await checkOut(folder, { url }, commit)
  await requireCommit(folder, commit)
}

/** They keep a folder in git that is otherwise empty, and Ansible reads neither. */
const keepers = ['.gitkeep', '.gitignore']

/** Whether there are files that would become a part of the playbook, or a clone of something else, which it would replace. */
async function hasOtherFiles(folder: string): Promise<boolean> {
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return false
  // A fetch that failed leaves a clone without a commit.
  if (existsSync(join(folder, '.git')))
    return (await git(folder, ['rev-parse', '--verify', 'HEAD'])).code === 0
  return readdirSync(folder).some(name => !keepers.includes(name))
}

/** Whether it is at another commit and has nothing that could be lost: fetched ones have no branch. */
async function isFetchedBefore(folder: string, commit: string): Promise<boolean> {
  if (!existsSync(join(folder, '.git', 'HEAD'))) return false
  const [head, ...rest] = await Promise.all([
    git(folder, ['rev-parse', 'HEAD']),
    git(folder, ['for-each-ref', 'refs/heads']),
    git(folder, ['status', '--porcelain']),
  ])
  return head.stdout.trim() !== commit && rest.every(({ code, stdout }) => code === 0 && stdout === '')
}

async function requireCommit(folder: string, commit: string): Promise<void> {
  if (!existsSync(join(folder, '.git'))) throw noClone(folder, commit)
  const head = await git(folder, ['rev-parse', 'HEAD'])
  if (head.stdout.trim() === commit) return
  throw new ToolkitError({
    reason: 'checkout-unsupported',
    what: `The repository asks for the playbook's commit ${commit}, but ${head.stdout.trim() || 'no commit'} is checked out.`,
    where: folder,
    remedy: `Check this commit out there: \`${shellWords(['git', '-C', folder, 'checkout', commit])}\`. Or remove \`playbook-path\` and the step that checks out the playbook: the actions then fetch the commit that ${lockFile} or the submodule names.`,
  })
}

function noClone(folder: string, commit: string): ToolkitError {
  return new ToolkitError({
    reason: 'checkout-unsupported',
    what: `The repository asks for the playbook's commit ${commit}, but this folder has files and is not a clone of the playbook, so its commit is unknown.`,
    where: folder,
    remedy: `To run the commit, set \`playbook-path\` to a new folder, or remove this one if nothing else needs it: the commit is fetched there. To run the playbook in this folder, remove ${lockFile}.`,
  })
}
