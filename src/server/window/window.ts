import type { JournalEntry } from '../../domain/journal.ts'
import { outcomeOf, parseJournal } from '../../domain/journal.ts'
import type { OurFacts } from '../../domain/server-facts.ts'
import { ToolkitError } from '../../support/errors.ts'
import { type JsonRecord, parseRecord, record, text } from '../../support/json.ts'
import type { RunOptions, RunResult, ServerSession } from '../session.ts'
import type { WindowFile, WindowPlan } from './plan.ts'
import program from './window.py'

/** The toolkit's own folder on the server; only root can open it. */
export const stateFolder = '/var/lib/matrix-auth-actions'

const lockHeld = 73
const lockLost = 75

/** Runs the program that reads from standard input as many bytes as its first argument says. Standard input then has the command's own input. */
const launcher =
  'import sys;SOURCE=sys.stdin.buffer.read(int(sys.argv.pop(1))).decode();exec(compile(SOURCE,"window.py","exec"))'

/** How the server reaches its own public address; see `find_entrance` in window.py. */
export interface Entrance {
  readonly origin: string
  readonly address: string
  readonly verified: boolean
}

/** The commands of window.py. Nothing has to be installed on the server: the program comes with each call. */
export class Window {
  readonly #session: ServerSession

  constructor(session: ServerSession) {
    this.#session = session
  }

  /** Read-only. Throws `server-state-unreadable` where the server has no usable Python. */
  async facts(): Promise<OurFacts> {
    const result = await this.#start(['facts'], { timeoutMs: 60_000 })
    const facts = result.code === 0 ? parseRecord(result.stdout) : undefined
    if (facts) return ourFacts(facts)
    throw new ToolkitError({
      kind: 'server',
      reason: 'server-state-unreadable',
      what: `The state of matrix-auth-actions could not be read with python3 (exit code ${result.code}): ${lastLine(result)}`,
      where: this.#session.host,
      remedy: 'Check that python3 (3.8 or newer) is installed on the server; Ansible needs it too.',
    })
  }

  /** Takes the lock for a run that prepares. Throws `lock-held` while another run is alive. */
  async lock(owner: string, run: string, seconds: number): Promise<void> {
    await this.#call(['lock', owner, run, String(seconds)], { timeoutMs: 60_000 })
  }

  /** Throws `lock-held` where another run took the lock over. */
  async renew(run: string, seconds: number): Promise<void> {
    await this.#call(['renew', run, String(seconds)], { timeoutMs: 30_000 })
  }

  async unlock(run: string): Promise<void> {
    await this.#call(['unlock', run], { timeoutMs: 30_000 })
  }

  /** Writes the run's folder, its unit and the hold. Throws where a file on the server is not the expected one. */
  async prepare(run: string, plan: WindowPlan): Promise<void> {
    await this.#call(['prepare', run], { input: JSON.stringify({ plan }), timeoutMs: 120_000 })
  }

  /** Starts the window. From here on the server goes on by itself. Can be repeated. */
  async commit(run: string): Promise<void> {
    await this.#call(['commit', run], { timeoutMs: 60_000 })
  }

  /** Removes a run that was not committed. */
  async discard(run: string): Promise<void> {
    await this.#call(['discard', run], { timeoutMs: 60_000 })
  }

  /** Starts the program of an open run again; it ends the run. */
  async resume(run: string): Promise<void> {
    await this.#call(['resume', run], { timeoutMs: 60_000 })
  }

  /** The files of a rollback: those that the migration `run` replaced. Throws where they were changed since. */
  async mirror(run: string): Promise<readonly WindowFile[]> {
    const { stdout } = await this.#call(['mirror', run], { timeoutMs: 60_000 })
    return JSON.parse(stdout) as WindowFile[]
  }

  /** Prints the run's state for the one page of `operation: status`. */
  async status(): Promise<string> {
    return (await this.#call(['status'], { timeoutMs: 60_000 })).stdout
  }

  /** Undefined where the server cannot reach its own public address. */
  async entrance(origin: string): Promise<Entrance | undefined> {
    const { stdout } = await this.#call(['entrance', origin], { timeoutMs: 90_000 })
    const { address, verified } = parseRecord(stdout) ?? {}
    return typeof address === 'string' && typeof verified === 'boolean'
      ? { origin, address, verified }
      : undefined
  }

  /** HMACs of texts, by a key that never leaves the server. */
  async hmacs(texts: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>> {
    const { stdout } = await this.#call(['hmac'], { input: JSON.stringify(texts), timeoutMs: 60_000 })
    return JSON.parse(stdout) as Record<string, string>
  }

  /** Passes on each journal entry after `after`, as it is written. Returns when the run is closed, or after minutes without one. */
  async follow(run: string, after: number, onEntry: (entry: JournalEntry) => void): Promise<void> {
    const onLine = (stream: 'stdout' | 'stderr', line: string) => {
      if (stream === 'stdout') parseJournal(line).forEach(onEntry)
    }
    await this.#call(['follow', run, String(after)], { onLine })
  }

  #start(args: readonly string[], { input = '', ...options }: RunOptions = {}): Promise<RunResult> {
    const size = String(Buffer.byteLength(program))
    return this.#session.run(['python3', '-I', '-c', launcher, size, ...args], {
      ...options,
      input: Buffer.concat([Buffer.from(program), Buffer.from(input)]),
    })
  }

  async #call(args: readonly string[], options: RunOptions): Promise<RunResult> {
    const result = await this.#start(args, options)
    if (result.code !== 0) throw failed(args[0] ?? '', result, this.#session.host)
    return result
  }
}

/** The last line comes from the program, systemd or psql. It holds no secret. */
function lastLine({ stderr }: RunResult): string {
  return stderr.trim().split('\n').at(-1) ?? ''
}

function failed(command: string, result: RunResult, host: string): ToolkitError {
  const detail = lastLine(result)
  if (result.code === lockHeld || result.code === lockLost) {
    return new ToolkitError({
      kind: 'refused',
      reason: 'lock-held',
      what:
        result.code === lockHeld
          ? `Another run holds the lock of this server: ${detail}.`
          : `This run lost the lock of this server: ${detail}.`,
      where: host,
      remedy: 'Wait until the other run has ended. The lock of a run that died expires within two minutes.',
    })
  }
  return new ToolkitError({
    kind: 'server',
    reason: 'server-command-failed',
    what: `The step ${command} failed on the server (exit code ${result.code ?? `signal ${result.signal}`}): ${detail}`,
    where: host,
    remedy: 'Fix the cause that the message names, then run this again.',
  })
}

function ourFacts(facts: JsonRecord): OurFacts {
  const lock = record(facts.lock)
  const owner = text(lock.owner)
  const run = text(facts.run)
  const open = text(facts.open)
  const entries = parseJournal(Array.isArray(facts.journal) ? facts.journal.filter(isText).join('\n') : '')
  const outcome = outcomeOf(entries)
  const accounts = entries.flatMap(({ data }) => text(data?.account) ?? [])
  const end = entries.find(({ event }) => event === 'end')
  return {
    hold: facts.hold === true,
    window: facts.window === true,
    receipt: facts.receipt === true,
    backups: Array.isArray(facts.backups) ? facts.backups.filter(isText) : [],
    ...(owner === undefined
      ? {}
      : { lock: { owner, run: text(lock.run) ?? '', seconds: Number(lock.seconds) } }),
    ...(open === undefined ? {} : { open }),
    ...(run === undefined
      ? {}
      : { last: { run, accounts, ...(outcome ? { outcome } : {}), ...(end ? { at: end.at } : {}) } }),
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
