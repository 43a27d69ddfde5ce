import { createHash } from 'node:crypto'
import type { Dialect } from '../../domain/stage.ts'
import { commandResult, failureOf, type PlaybookOutcome } from '../../playbook/outcome.ts'
import type { RunResult } from '../../server/session.ts'
import { ToolkitError } from '../../support/errors.ts'

/** The fixed name of the playbook's syn2mas container. It also prevents a second run. */
export const syn2masContainer = 'matrix-authentication-service-syn2mas'
export const masConfigFolder = '/matrix/matrix-authentication-service/config'

const dryRunFlags: Readonly<Record<Dialect, string>> = { 'mas-cli': '--dry-run', 'syn2mas-tool': '--dryRun' }

/** The command that the playbook's tag ran, and its output. */
export interface TagCommand {
  readonly command: readonly string[]
  readonly result: RunResult
  readonly seconds: number | undefined
}

/**
 * Finds the syn2mas command in Ansible's results.
 * @throws ToolkitError `playbook-failed` where the tag did not run it. Ansible can still exit with 0, such as when MAS is not enabled.
 */
export function tagCommand(outcome: PlaybookOutcome, host: string): TagCommand {
  const found = commandResult(outcome, ['docker', 'run', syn2masContainer], host)
  const { command, rc, stdout = '', stderr = '', seconds } = found?.result ?? {}
  if (command === undefined || command.length < 2 || rc === undefined) {
    const failure = outcome.code === 0 ? '.' : failureOf(outcome)
    throw new ToolkitError({
      reason: 'playbook-failed',
      what: `The playbook's tag did not run syn2mas (Ansible's exit code was ${outcome.code})${failure}`,
      where: host,
      remedy:
        failure === '.'
          ? 'Check that the vars enable MAS.'
          : 'Fix the cause that the message names, then run this again.',
    })
  }
  return { command, result: { code: rc, stdout, stderr }, seconds }
}

/**
 * The command of the real run: the rehearsal's, without its dry-run flag, with MAS's own configuration.
 * @param folder The folder of the rehearsal's configuration; MAS's own where it ran in place.
 * @throws Error where the command is not a dry run.
 */
export function realCommand(command: readonly string[], dialect: Dialect, folder: string): readonly string[] {
  const flag = dryRunFlags[dialect]
  if (command.filter(word => word === flag).length !== 1) throw new Error(`the command has not one ${flag}`)
  return command
    .filter(word => word !== flag)
    .map(word => word.replaceAll(`${folder}/`, `${masConfigFolder}/`))
}

/** sha256 of the words, for the receipt. */
export function commandDigest(command: readonly string[]): string {
  return createHash('sha256').update(command.join('\0')).digest('hex')
}
