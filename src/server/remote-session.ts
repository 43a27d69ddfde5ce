import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { NodeSSH } from 'node-ssh'
import { ToolkitError } from '../support/errors.ts'
import { failureLine, lineSplitter, reasonAtEnd } from '../support/lines.ts'
import { shellWords } from '../support/shell.ts'
import readFileScript from './scripts/read-file.sh'
import writeFileScript from './scripts/write-file.sh'
import type { RunOptions, RunResult, ServerAddress, ServerSession } from './session.ts'

/** The exit code of `read-file.sh` for a missing file. */
const noSuchFile = 44
/** Time after the server's own `timeout` until the connection counts as lost. */
const graceMs = 15_000
const defaultTimeoutMs = 120_000
const longestTurnMs = 60_000

/**
 * A session over an open SSH connection. If the connection was lost, the next command opens a new one with `connect`; the
 * command that ran meanwhile has failed.
 */
export function remoteSession(
  opened: NodeSSH,
  address: ServerAddress,
  connect: () => Promise<NodeSSH>,
): ServerSession {
  let connection = Promise.resolve(opened)
  let closed = false

  async function connected(): Promise<NodeSSH> {
    const current = connection
    const ssh = await current.catch(() => undefined)
    if (closed || ssh?.isConnected()) return current
    ssh?.dispose()
    // Commands that run side by side share the new connection.
    if (connection === current) connection = connect()
    return connection
  }

  const asRoot = address.become && address.user !== 'root' ? ['sudo', '-n', '-H', '--'] : []

  async function run(argv: readonly string[], options: RunOptions = {}): Promise<RunResult> {
    const { timeoutMs = defaultTimeoutMs } = options
    const limit = Number.isFinite(timeoutMs) ? timeLimit(timeoutMs) : []
    const started = Date.now()
    const result = await execute(
      await connected(),
      shellWords([...asRoot, ...limit, ...argv]),
      { ...options, timeoutMs },
      address,
    )
    const timedOut = Date.now() - started >= timeoutMs
    if (timedOut && (result.code === 124 || result.code === 137)) throw tookTooLong(address, argv, timeoutMs)
    return result
  }

  return {
    host: address.inventoryName,
    run,
    async readFile(path) {
      const result = await run(['bash', '-c', readFileScript, 'read-file', path], { timeoutMs: 60_000 })
      if (result.code === noSuchFile) return undefined
      if (result.code !== 0) throw fileFailure(address, 'read', path, result.stderr)
      return result.stdout
    },
    async writeFile(path, content, mode) {
      const argv = ['bash', '-c', writeFileScript, 'write-file', path, mode.toString(8).padStart(4, '0')]
      const result = await run(argv, { input: content, timeoutMs: 120_000 })
      if (result.code !== 0) throw fileFailure(address, 'written', path, result.stderr)
    },
    async close() {
      closed = true
      await connection.then(
        ssh => ssh.dispose(),
        () => undefined,
      )
    },
  }
}

/** The server kills the command itself. Closing the channel would leave it running. */
function timeLimit(ms: number): string[] {
  return ['timeout', '--kill-after=5', (ms / 1000).toFixed(1)]
}

async function execute(
  ssh: NodeSSH,
  command: string,
  options: RunOptions & { readonly timeoutMs: number },
  address: ServerAddress,
): Promise<RunResult> {
  const lines = lineSplitter(line => options.onLine?.(line))
  const result = await withChannel(() => {
    const running = ssh.execCommand(command, {
      // latin1 keeps all bytes unchanged: a character can be split between packets.
      encoding: 'latin1',
      noTrim: true,
      stdin: Readable.from(chunksOf(options.input)),
      onStdout: lines.write,
    })
    return withDeadline(running, options.timeoutMs)
  }).catch((cause: unknown) => {
    throw connectionLost(address, cause)
  })
  lines.end()
  if (result.code === null && result.signal === null) throw connectionLost(address, undefined)
  return {
    code: result.code,
    ...(result.signal === null ? {} : { signal: result.signal }),
    stdout: Buffer.from(result.stdout, 'latin1').toString('utf8'),
    stderr: Buffer.from(result.stderr, 'latin1').toString('utf8'),
  }
}

/** sshd refuses a command while `MaxSessions` of them run. Hardened servers allow two; the next one waits for its turn. */
async function withChannel<T>(start: () => Promise<T>): Promise<T> {
  const end = Date.now() + longestTurnMs
  for (let pauseMs = 100; ; pauseMs = Math.min(2 * pauseMs, 2000)) {
    try {
      return await start()
    } catch (error) {
      const isRefused = error instanceof Error && error.message.includes('Channel open failure')
      if (!isRefused || Date.now() > end) throw error
      await sleep(pauseMs)
    }
  }
}

function* chunksOf(input = ''): Generator<Buffer> {
  const bytes = Buffer.from(input)
  for (let at = 0; at < bytes.length; at += 32_768) yield bytes.subarray(at, at + 32_768)
}

async function withDeadline<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  if (!Number.isFinite(timeoutMs)) return work
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), timeoutMs + graceMs)
  })
  return Promise.race([work, deadline]).finally(() => clearTimeout(timer))
}

function connectionLost(address: ServerAddress, cause: unknown): ToolkitError {
  return new ToolkitError({
    reason: 'server-unreachable',
    what: 'The SSH connection was lost while a command was running. The command may still be running on the server.',
    where: address.inventoryName,
    remedy:
      'Check the server and the network, then run this again. It continues from the state of the server.',
    ...(cause === undefined ? {} : { cause }),
  })
}

/** Shows only the program's name, because arguments may be confidential. */
function tookTooLong(address: ServerAddress, argv: readonly string[], timeoutMs: number): ToolkitError {
  return new ToolkitError({
    reason: 'server-command-failed',
    what: `${argv[0] ?? 'A command'} did not finish on the server within ${timeoutMs / 1000} s and was killed.`,
    where: address.inventoryName,
    remedy: 'Check the load and the logs of the server, then run this again.',
  })
}

function fileFailure(address: ServerAddress, done: string, path: string, stderr: string): ToolkitError {
  return new ToolkitError({
    reason: 'server-command-failed',
    what: `The file ${path} cannot be ${done}${reasonAtEnd(failureLine(stderr))}`,
    where: address.inventoryName,
    remedy: 'Check that the folder exists and is writable, and that the disk is not full.',
  })
}
