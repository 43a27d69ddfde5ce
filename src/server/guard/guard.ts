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

/** What the operations of src/server/guard/operations.sh are called. */
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

/** Our own scripts on the server, by which everything that changes it goes: each call carries the fencing number. */
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

  /** Writes the scripts into our own folder: systemd knows of nothing until the guard is armed. Throws where the server refuses. */
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

  /** Says what everything is called, and which backup is in force. Only under the lock: whoever holds it goes back by these. */
  async configure(names: ServerNames, backup: string): Promise<void> {
    await this.#session.writeFile(`${guardFolder}/settings`, settings(names, backup), 0o600)
  }

  /** Takes the lock, or a stale one over. Throws `lock-held` where its owner is alive. Returns the fencing number. */
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

  /** Adds whole lines to the journal, of which the first is number `seq`. */
  async append(seq: number, lines: string): Promise<void> {
    await this.#call(['append', String(this.fence), String(seq)], { input: lines, timeoutMs: 60_000 })
  }

  /** One operation. It refuses where the lock was taken over; a proof that fails is an error like any other. */
  async at(operation: Operation, ...args: readonly string[]): Promise<void> {
    await this.#call(['at', String(this.fence), operation, ...args], { timeoutMs: 600_000 })
  }

  /** Runs a command of another's making under the fence. Its own failure is a result. */
  async run(argv: readonly string[], options: RunOptions = {}): Promise<RunResult> {
    const result = await this.#session.run(guard(['at', String(this.fence), 'run', ...argv]), options)
    if (result.code === 75) throw failed('run', result, this.#session.host)
    return result
  }

  /** Waits on the server until curl's request, as its configuration has it, is answered with `status`; returns the body. */
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
  // What these scripts say themselves holds no secret; the last line is theirs, or systemd's or psql's.
  const said = result.stderr.trim().split('\n').at(-1) ?? ''
  if (result.code === 73 || result.code === 75) {
    return new ToolkitError({
      kind: 'refused',
      reason: 'lock-held',
      what:
        result.code === 73
          ? `Another run holds this server: ${said}`
          : `Another run has taken this server over: ${said}`,
      where: host,
      remedy: 'Wait until it is done. A run that died loses its hold within a minute.',
    })
  }
  return new ToolkitError({
    kind: 'server',
    reason: 'server-command-failed',
    what: `On the server, ${what} failed (exit code ${result.code ?? `signal ${result.signal}`}): ${said}`,
    where: host,
    remedy: 'Read the message, put right what it names, and run this again.',
  })
}
