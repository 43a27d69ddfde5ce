import { ToolkitError } from '../../support/errors.ts'
import { base, type ServerNames } from '../names.ts'
import type { RunOptions, RunResult, ServerSession } from '../session.ts'
import guardService from './guard.service'
import guardScript from './guard.sh'
import guardTimer from './guard.timer'
import libScript from './lib.sh'
import operationsScript from './operations.sh'
import guardReadme from './readme.sh'

const guardFolder = `${base}/guard`

/** The operations in src/server/guard/operations.sh and guard.sh. */
export type Operation =
  | 'arm'
  | 'safe'
  | 'hold_install'
  | 'hold_remove'
  | 'go_down'
  | 'go_live'
  | 'go_back'
  | 'mas_clean'
  | 'restore'
  | 'uninstall'

/** The toolkit's scripts on the server. All changes to the server go through them; each call passes the fencing number. */
export class Guard {
  readonly #session: ServerSession
  #fence: number | undefined

  constructor(session: ServerSession) {
    this.#session = session
  }

  get fence(): number {
    if (this.#fence === undefined) throw new Error('the lock was not taken')
    return this.#fence
  }

  /** Writes the scripts. systemd units are installed only when the guard is armed. Throws where the server refuses. */
  async install(): Promise<void> {
    await this.#expect(['install', '-d', '-m', '700', base, guardFolder, `${base}/backup`])
    const files: [string, string, number][] = [
      [`${guardFolder}/lib.sh`, libScript, 0o600],
      [`${guardFolder}/operations.sh`, operationsScript, 0o600],
      [`${guardFolder}/README`, guardReadme.replace(/^# ?/gm, ''), 0o600],
      [`${guardFolder}/guard.sh`, guardScript, 0o700],
      [`${guardFolder}/matrix-auth-actions-guard.service`, guardService, 0o644],
      [`${guardFolder}/matrix-auth-actions-guard.timer`, guardTimer, 0o644],
    ]
    for (const [path, content, mode] of files) await this.#session.writeFile(path, content, mode)
  }

  /** Writes the names of units and databases, and the backup to use. Requires the lock: the lock's owner rolls back with them. */
  async configure(names: ServerNames, backup: string): Promise<void> {
    await this.#session.writeFile(`${guardFolder}/settings`, settings(names, backup), 0o600)
  }

  /** Takes the lock, or takes an expired one over. Throws `lock-held` while its owner is alive. Returns the fencing number. */
  async acquire(owner: string, run: string, leaseSeconds: number): Promise<number> {
    const result = await this.#call(['acquire', owner, run, String(leaseSeconds)], { timeoutMs: 120_000 })
    const fence = Number(result.stdout.trim())
    if (!Number.isInteger(fence) || fence < 1) throw failed('acquire', result, this.#session.host)
    this.#fence = fence
    return fence
  }

  async beat(leaseSeconds: number): Promise<void> {
    await this.#call(['beat', String(this.fence), String(leaseSeconds)], { timeoutMs: 30_000 })
  }

  async release(): Promise<void> {
    await this.#call(['release', String(this.fence)])
  }

  /** Appends whole lines to the journal; the first has number `seq`. */
  async append(seq: number, lines: string): Promise<void> {
    await this.#call(['append', String(this.fence), String(seq)], { input: lines, timeoutMs: 60_000 })
  }

  /** Runs one operation. Throws where the lock was taken over or a check fails. */
  async at(operation: Operation, ...args: readonly string[]): Promise<void> {
    await this.#call(['at', String(this.fence), operation, ...args], { timeoutMs: 600_000 })
  }

  /** Runs any command under the operation lock. Its own failure is a result, not an error. */
  async run(argv: readonly string[], options: RunOptions = {}): Promise<RunResult> {
    const result = await this.#session.run(guard(['at', String(this.fence), 'run', ...argv]), options)
    if (result.code === 75) throw failed('run', result, this.#session.host)
    return result
  }

  /** Repeats a curl request on the server until its status is `status`; returns the body. */
  async awaitHttp(seconds: number, status: number, curlConfig: string): Promise<string> {
    const result = await this.#call(['await-http', String(seconds), String(status)], {
      input: curlConfig,
      timeoutMs: (seconds + 60) * 1000,
    })
    return result.stdout
  }

  async #call(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
    const result = await this.#session.run(guard(args), options)
    if (result.code !== 0)
      throw failed(args[0] === 'at' ? (args[2] ?? 'at') : (args[0] ?? ''), result, this.#session.host)
    return result
  }

  async #expect(argv: readonly string[]): Promise<void> {
    const result = await this.#session.run(argv)
    if (result.code !== 0) throw failed(argv[0] ?? '', result, this.#session.host)
  }
}

function guard(args: readonly string[]): string[] {
  return ['bash', `${guardFolder}/guard.sh`, ...args]
}

function settings(names: ServerNames, backup: string): string {
  return [
    `SYNAPSE_UNIT='${names.synapseUnit}'`,
    `WORKER_UNITS='${names.workerUnits.join(' ')}'`,
    `MAS_UNIT='${names.masUnit}'`,
    `POSTGRES_CONTAINER='${names.postgresContainer}'`,
    `SYNAPSE_DATABASE='${names.synapseDatabase}'`,
    `SYNAPSE_ROLE='${names.synapseRole}'`,
    `MAS_DATABASE='${names.masDatabase}'`,
    `MAS_ROLE='${names.masRole}'`,
    `BACKUP='${backup}'`,
    '',
  ].join('\n')
}

function failed(what: string, result: RunResult, host: string): ToolkitError {
  // The last line comes from these scripts, systemd or psql. It holds no secret.
  const detail = result.stderr.trim().split('\n').at(-1) ?? ''
  if (result.code === 73 || result.code === 75) {
    return new ToolkitError({
      kind: 'refused',
      reason: 'lock-held',
      what:
        result.code === 73
          ? `Another run holds the lock of this server: ${detail}`
          : `This run lost the lock of this server: ${detail}`,
      where: host,
      remedy: 'Wait until the other run has ended. The lock of an interrupted run expires within a minute.',
    })
  }
  return new ToolkitError({
    kind: 'server',
    reason: 'server-command-failed',
    what: `${what} failed on the server (exit code ${result.code ?? `signal ${result.signal}`}): ${detail}`,
    where: host,
    remedy: 'Fix the cause that the message names, then run this again.',
  })
}
