import { spawn } from 'node:child_process'
import { ToolkitError } from './errors.ts'
import { lineSplitter } from './lines.ts'

export interface ExecOptions {
  readonly cwd?: string
  /** The whole environment of the child; the parent's where left out. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly input?: string | Buffer
  /** After this long the child's whole process group is ended: SIGTERM, then SIGKILL two seconds later. */
  readonly timeoutMs?: number
  readonly abort?: AbortSignal
  /** Called with whole lines as they come, unmasked. */
  readonly onLine?: (stream: 'stdout' | 'stderr', line: string) => void
}

export interface ExecResult {
  /** `null` where the child was ended by a signal. */
  readonly code: number | null
  readonly signal?: string
  readonly stdout: string
  readonly stderr: string
  readonly timedOut: boolean
}

/**
 * Runs a program without a shell, in a process group of its own. A failing exit code is a result.
 * @throws ToolkitError `tool-missing` where the program is not there or may not be run.
 */
export function exec(argv: readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
  const [program, ...words] = argv
  if (program === undefined) throw new Error('exec needs a program')
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
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
    child.on('error', cause => {
      settle()
      reject(cannotRun(program, cause))
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
    // A child that ends without reading its input is not our failure: its exit code tells.
    child.stdin.on('error', () => undefined)
    child.stdin.end(options.input ?? '')
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

function cannotRun(program: string, cause: NodeJS.ErrnoException): Error {
  if (cause.code !== 'ENOENT' && cause.code !== 'EACCES') return cause
  return new ToolkitError({
    kind: 'tool',
    reason: 'tool-missing',
    what: `The program ${program} cannot be run here (${cause.code}).`,
    remedy: `Install ${program}, or run the action \`setup\` in an earlier step of the same job.`,
    cause,
  })
}
