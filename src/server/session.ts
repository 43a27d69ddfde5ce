/** How to connect to a server, from the inventory's connection variables. */
export interface ServerAddress {
  /** The host's name in the inventory. */
  readonly inventoryName: string
  readonly address: string
  readonly port: number
  readonly user: string
  /** Whether commands need `sudo -n` to run as root. */
  readonly become: boolean
}

export interface RunOptions {
  /** Standard input of the command. Secrets are passed here, never on a command line. */
  readonly input?: string
  /** By default two minutes; `Infinity` is no limit. */
  readonly timeoutMs?: number
  /** Called with each whole line of standard output, unmasked: mask it before printing. */
  readonly onLine?: (line: string) => void
}

export interface RunResult {
  /** The exit code; `null` where a signal killed the command. */
  readonly code: number | null
  readonly signal?: string
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs commands on the server as root. Every method rejects with a `ToolkitError` of reason `server-unreachable` when the
 * connection is lost. A command's own failure is a result, not an error.
 */
export interface ServerSession {
  readonly host: string
  /** Runs one program. Each word is quoted; nothing is expanded. */
  run(argv: readonly string[], options?: RunOptions): Promise<RunResult>
  /** The file's text; undefined where it does not exist. */
  readFile(path: string): Promise<string | undefined>
  /** Writes a temporary file, fsyncs it, then renames it over the file. */
  writeFile(path: string, content: string, mode: number): Promise<void>
  close(): Promise<void>
}
