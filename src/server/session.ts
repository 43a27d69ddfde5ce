/** How a server is reached, from the inventory's connection variables. */
export interface ServerAddress {
  /** The inventory's name of the host. */
  readonly inventoryName: string
  readonly address: string
  readonly port: number
  readonly user: string
  /** Whether commands need `sudo -n` to run as root. */
  readonly become: boolean
}

export interface RunOptions {
  /** Given to the command on its standard input; the way for secrets, which never go on a command line. */
  readonly input?: string | Buffer
  readonly timeoutMs?: number
  /** Called with whole lines as they come, unmasked: the caller masks before anything is printed. */
  readonly onLine?: (stream: 'stdout' | 'stderr', line: string) => void
}

export interface RunResult {
  /** The exit code; `null` where the command was ended by a signal. */
  readonly code: number | null
  readonly signal?: string
  readonly stdout: string
  readonly stderr: string
}

/**
 * A shell on the server as root. Every method rejects with a `ToolkitError` of reason `server-unreachable` when the
 * connection is lost; a command's own failure is a result, not an error.
 */
export interface ServerSession {
  readonly host: string
  /** Runs one program; each word is quoted, nothing is expanded. */
  run(argv: readonly string[], options?: RunOptions): Promise<RunResult>
  /** Runs a bash script (`set -euo pipefail` is put before it), handed over on standard input: no secret shows in a process list. */
  script(text: string, options?: Omit<RunOptions, 'input'>): Promise<RunResult>
  /** The file's bytes, or undefined where there is none. */
  readFile(path: string): Promise<Buffer | undefined>
  /** Writes beside the file, fsyncs, then renames over it. */
  writeFile(path: string, content: string | Buffer, mode: number): Promise<void>
  close(): Promise<void>
}
