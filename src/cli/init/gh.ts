import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { ToolkitError } from '../../support/errors.ts'
import { exec, toolMissing } from '../../support/exec.ts'
import { failureLine } from '../../support/lines.ts'
import { shellWords } from '../../support/shell.ts'

/** A command of gh. */
export interface GhCommand {
  readonly argv: readonly string[]
  /** The file that is its standard input: a secret never appears on a command line. */
  readonly inputFile?: string
  readonly why: string
  /** What to put in the place of a name in capitals. */
  readonly placeholder?: string
  readonly isDone: boolean
}

/** A line to paste. */
export function ghLine({ argv, inputFile }: GhCommand): string {
  const words = argv.map(word => (word.includes('$(') ? `"${word}"` : shellWords([word])))
  return `gh ${words.join(' ')}${inputFile === undefined ? '' : ` < ${shellWords([inputFile])}`}`
}

/** @throws ToolkitError `github-api`. */
export function runGh({ argv, inputFile }: GhCommand, root: string): void {
  const input = inputFile === undefined ? '' : readFileSync(inputFile)
  const { status, stderr, error } = spawnSync('gh', argv, { cwd: root, input, encoding: 'utf8' })
  if (error) throw toolMissing('gh', error)
  if (status !== 0) throw refused(argv, stderr)
}

/** The number of an account, which reviewers are named by. */
export async function accountId(login: string, root: string): Promise<string> {
  return (await gh(['api', `users/${login}`, '--jq', '.id'], root)).trim()
}

/**
 * Its standard output.
 * @throws ToolkitError `github-api`.
 */
export async function gh(argv: readonly string[], root: string): Promise<string> {
  const { code, stdout, stderr } = await exec(['gh', ...argv], { cwd: root })
  if (code !== 0) throw refused(argv, stderr)
  return stdout
}

function refused(argv: readonly string[], stderr: string): ToolkitError {
  return new ToolkitError({
    reason: 'github-api',
    what: `gh ${argv[0]} failed: ${failureLine(stderr)}`,
    where: `gh ${argv.join(' ')}`,
    remedy: /billing plan/i.test(stderr)
      ? 'Run init again with the GitHub plan of the account: --account-plan free, or --account-plan paid for Pro and Team.'
      : 'Log in with gh auth login, as an administrator of the repository, then run this again.',
  })
}
