import { createHash } from 'node:crypto'
import type { Dialect } from '../../domain/stage.ts'
import { commandResult, type PlaybookOutcome } from '../../playbook/outcome.ts'
import type { RunResult } from '../../server/session.ts'
import { ToolkitError } from '../../support/errors.ts'

/** The fixed name of the container that the playbook runs syn2mas in; it is a lock too. */
export const syn2masContainer = 'matrix-authentication-service-syn2mas'
export const masConfigFolder = '/matrix/matrix-authentication-service/config'

const dryRunFlags: Readonly<Record<Dialect, string>> = { 'mas-cli': '--dry-run', 'syn2mas-tool': '--dryRun' }

/** The one command that the playbook's tag ran, with what it printed. */
export interface TagCommand {
  readonly command: readonly string[]
  readonly result: RunResult
}

/**
 * Finds the run of syn2mas in what Ansible reported.
 * @throws ToolkitError `playbook-failed` where the tag ran nothing: it exits 0 then all the same, such as with MAS not enabled.
 */
export function tagCommand(outcome: PlaybookOutcome, host: string): TagCommand {
  const found = commandResult(outcome, ['docker', 'run', syn2masContainer], host)
  const { command, rc, stdout = '', stderr = '' } = found?.result ?? {}
  if (command === undefined || command.length < 2 || rc === undefined) {
    throw new ToolkitError({
      kind: 'tool',
      reason: 'playbook-failed',
      what: `The playbook's tag did not run syn2mas (Ansible's exit code was ${outcome.code}).`,
      where: host,
      remedy: 'Check that the vars have MAS enabled, and what the log says of the task that failed.',
    })
  }
  return { command, result: { code: rc, stdout, stderr } }
}

/**
 * The command of the real run: the rehearsal's without its dry-run flag, on MAS's own configuration.
 * @param folder Where the rehearsal's configuration lay; MAS's own where it ran in place.
 * @throws Error where the command is not a dry run: then it was not what we asked the playbook for.
 */
export function realCommand(command: readonly string[], dialect: Dialect, folder: string): readonly string[] {
  const flag = dryRunFlags[dialect]
  if (command.filter(word => word === flag).length !== 1) throw new Error(`the command has not one ${flag}`)
  return command
    .filter(word => word !== flag)
    .map(word => word.replaceAll(`${folder}/`, `${masConfigFolder}/`))
}

/** sha256 over the words; what a receipt binds. */
export function commandDigest(command: readonly string[]): string {
  return createHash('sha256').update(command.join('\0')).digest('hex')
}
