import { spawn } from 'node:child_process'
import { toolMissing } from '../support/exec.ts'
import { lineSplitter } from '../support/lines.ts'

export interface GroupOptions {
  readonly cwd?: string
  /** The whole environment of the child; the parent's by default. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** After this long the child's whole process group is ended: SIGTERM, then SIGKILL two seconds later. */
  readonly timeoutMs?: number | undefined
  readonly abort?: AbortSignal | undefined
  /** Called with the id of the process group. */
  readonly onStart?: (group: number) => void
  /** Called with whole lines as they come, unmasked. */
  readonly onLine?: (stream: 'stdout' | 'stderr', line: string) => void
}

export interface GroupResult {
  /** `null` where the child was ended by a signal. */
  readonly code: number | null
  readonly signal?: string
  readonly stdout: string
  readonly stderr: string
  readonly timedOut: boolean
}

/**
 * Runs a program without a shell, in its own process group, so that it can be ended with everything it started. Only Ansible
 * needs this: `docs/decisions/0007-actions-toolkit.md`. A failing exit code is a result.
 * @throws ToolkitError `tool-missing` where the program is missing or not executable.
 */
export function runInGroup(argv: readonly string[], options: GroupOptions = {}): Promise<GroupResult> {
  const [program, ...words] = argv
  if (program === undefined) throw new Error('no program to run')
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    if (child.pid !== undefined) options.onStart?.(child.pid)
    const output = { stdout: [] as Buffer[], stderr: [] as Buffer[] }
    for (const stream of ['stdout', 'stderr'] as const) {
      const lines = lineSplitter(line => options.onLine?.(stream, line))
      child[stream].on('data', (chunk: Buffer) => {
        output[stream].push(chunk)
        lines.write(chunk)
      })
      child[stream].on('end', () => lines.end())
    }
    let timedOut = false
    const stop = endGroup(() => child.pid)
    const onAbort = () => stop()
    options.abort?.addEventListener('abort', onAbort, { once: true })
    if (options.abort?.aborted) stop()
    const timer =
      options.timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true
            stop()
          }, options.timeoutMs)
    const settle = () => {
      clearTimeout(timer)
      stop.cancel()
      options.abort?.removeEventListener('abort', onAbort)
    }
    child.on('error', (cause: NodeJS.ErrnoException) => {
      settle()
      reject(cause.code === 'ENOENT' || cause.code === 'EACCES' ? toolMissing(program, cause) : cause)
    })
    child.on('close', (code, signal) => {
      settle()
      resolve({
        code,
        ...(signal === null ? {} : { signal }),
        stdout: Buffer.concat(output.stdout).toString('utf8'),
        stderr: Buffer.concat(output.stderr).toString('utf8'),
        timedOut,
      })
    })
  })
}

function endGroup(pid: () => number | undefined): { (): void; cancel(): void } {
  let hard: NodeJS.Timeout | undefined
  const send = (signal: NodeJS.Signals) => {
    const group = pid()
    if (group === undefined) return
    try {
      process.kill(-group, signal)
    } catch {
      // The group is gone already.
    }
  }
  const stop = () => {
    send('SIGTERM')
    hard ??= setTimeout(() => send('SIGKILL'), 2000)
  }
  return Object.assign(stop, { cancel: () => clearTimeout(hard) })
}
