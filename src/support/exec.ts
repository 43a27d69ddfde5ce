import { exec as run } from '@actions/exec'
import { ToolkitError } from './errors.ts'

export interface ExecOptions {
  readonly cwd?: string
  /** The whole environment of the program; ours by default. */
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
  const code: number | null = await run(`"${program}"`, words, {
    silent: true,
    ignoreReturnCode: true,
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    ...(options.env && { env: present(options.env) }),
    listeners: {
      stdout: chunk => output.stdout.push(chunk),
      stderr: chunk => output.stderr.push(chunk),
    },
  }).catch(cause => {
    throw /^Unable to locate executable file/.test(String(cause?.message))
      ? toolMissing(program, cause)
      : cause
  })
  const bytes = Buffer.concat(output.stdout)
  const stderr = Buffer.concat(output.stderr).toString('utf8')
  return { code: code ?? 128, bytes, stdout: bytes.toString('utf8'), stderr }
}

function present(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

export function toolMissing(program: string, cause: unknown): ToolkitError {
  return new ToolkitError({
    reason: 'tool-missing',
    what: `The program \`${program}\` is not installed here, or not executable.`,
    where: 'the PATH of this step',
    remedy: `Run the action \`setup\` in an earlier step of this job, or install \`${program}\`.`,
    cause,
  })
}
