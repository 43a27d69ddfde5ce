import { git } from '../../support/git.ts'
import { invalid } from './invalid.ts'

/**
 * As the remote says it; without its answer, as the workflows do. The current branch only counts in a new repository: elsewhere it can
 * be that of a pull request.
 */
export async function defaultBranch(root: string, ofWorkflows: string | undefined): Promise<string> {
  const known = await branchOfRemote(root)
  if (known !== undefined) return known
  const listed = await git(root, ['ls-remote', '--symref', 'origin', 'HEAD'])
  const named = /^ref: refs\/heads\/(\S+)\tHEAD$/m.exec(listed.stdout)?.[1]
  if (listed.code === 0 && named !== undefined) return named
  return ofWorkflows ?? (await usualBranch(root)) ?? (await currentBranch(root))
}

/** The same without asking the remote; undefined where this clone does not say it. */
export async function knownDefaultBranch(root: string): Promise<string | undefined> {
  return (await branchOfRemote(root)) ?? (await usualBranch(root))
}

async function branchOfRemote(root: string): Promise<string | undefined> {
  const { code, stdout } = await git(root, ['symbolic-ref', '--short', 'refs/remotes/origin/HEAD'])
  return code === 0 ? stdout.trim().replace(/^origin\//, '') : undefined
}

async function usualBranch(root: string): Promise<string | undefined> {
  const usual = ['main', 'master']
  const refs = usual.flatMap(name => [`refs/heads/${name}`, `refs/remotes/*/${name}`])
  const { stdout } = await git(root, ['for-each-ref', '--format=%(refname:lstrip=-1)', ...refs])
  return usual.find(name => stdout.split('\n').includes(name))
}

async function currentBranch(root: string): Promise<string> {
  const { stdout } = await git(root, ['symbolic-ref', '--short', 'HEAD'])
  return stdout.trim() || 'main'
}

/** Whether it can become a part of YAML and of a command. */
export function isPlainBranch(name: string): boolean {
  return /^\w[\w./-]*$/.test(name)
}

/** @throws ToolkitError of reason `input-invalid`. */
export function plainBranch(name: string): string {
  if (isPlainBranch(name)) return name
  throw invalid(
    'The name of the default branch is unknown or has characters that are not allowed here.',
    'Set it: --branch NAME',
  )
}
