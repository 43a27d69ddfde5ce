import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, resolve, sep } from 'node:path'
import { exec as run } from '@actions/exec'
import { ToolkitError } from './errors.ts'

export interface ExecOptions {
  readonly cwd?: string
  /** Ours by default. Inputs and tokens of the job are left out. */
  readonly env?: Readonly<Record<string, string | undefined>>
}

export interface ExecResult {
  /** 128 where a signal ended it. */
  readonly code: number
  readonly bytes: Buffer
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs a program to its end, without a shell, and prints nothing: neither its words nor its output. A failing exit code is a
 * result. The program is looked up on our own PATH. It gets no input: `@actions/exec` crashes us where a program ends without
 * reading it.
 * @throws ToolkitError `tool-missing` where the program is missing or not executable.
 */
export async function exec(
  [program = '', ...words]: readonly string[],
  options: ExecOptions = {},
): Promise<ExecResult> {
  const output = { stdout: [] as Buffer[], stderr: [] as Buffer[] }
  const code: number | null = await run(`"${onPath(program)}"`, words, {
    silent: true,
    ignoreReturnCode: true,
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    env: withoutRunnerVariables(options.env ?? process.env),
    listeners: { stdout: chunk => output.stdout.push(chunk), stderr: chunk => output.stderr.push(chunk) },
  }).catch(cause => {
    throw /^Unable to locate executable file/.test(String(cause?.message))
      ? toolMissing(program, cause)
      : cause
  })
  const bytes = Buffer.concat(output.stdout)
  const stderr = Buffer.concat(output.stderr).toString('utf8')
  return { code: code ?? 128, bytes, stdout: bytes.toString('utf8'), stderr }
}

/**
 * The file of a program. `@actions/exec` looks it up, too, but prints to standard output where a part of the PATH cannot be read,
 * as for another user after `su`, or in WSL.
 * @throws ToolkitError `tool-missing`.
 */
function onPath(program: string): string {
  // There, its name has an ending.
  if (program.includes(sep) || process.platform === 'win32') return program
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const found = folders.map(folder => resolve(folder, program)).find(isProgram)
  if (found === undefined) throw toolMissing(program, undefined)
  return found
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** Set by the runner: inputs with secrets, tokens, and the files that carry commands to the runner. */
const runnerVariables = /^(INPUT_|ACTIONS_|GITHUB_(TOKEN|OUTPUT|ENV|PATH|STATE|STEP_SUMMARY)$)/

/** The environment without inputs and tokens of the job. */
export function withoutRunnerVariables(
  parent: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const kept = Object.entries(parent).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !runnerVariables.test(entry[0]),
  )
  return Object.fromEntries(kept)
}

export function toolMissing(program: string, cause: unknown): ToolkitError {
  return new ToolkitError({
    reason: 'tool-missing',
    what: `The program \`${program}\` is not installed here, or not executable.`,
    where: 'the PATH',
    remedy: `Install \`${program}\`, or run the action \`setup\` in an earlier step of this job.`,
    cause,
  })
}
