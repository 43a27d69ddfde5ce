import { type JournalEntry, parseJournal } from '../../domain/journal.ts'
import { lastRunIn, type Migration, type OurFacts } from '../../domain/server-facts.ts'
import { ToolkitError } from '../../support/errors.ts'
import { type JsonRecord, parseRecord, record, text } from '../../support/json.ts'
import { failureLine, reasonAtEnd } from '../../support/lines.ts'
import type { RunOptions, RunResult, ServerSession } from '../session.ts'
import type { Entrance, WindowFile, WindowPlan } from './plan.ts'
import program from './window.py'

/** The toolkit's own folder on the server; only root can change it. */
export const stateFolder = '/var/lib/matrix-auth-actions'
/** The program that root runs on the server. */
export const serverProgram = `${stateFolder}/matrix-auth-actions`

const lockHeld = 73
const lockLost = 75

/** Runs the program that reads from standard input as many bytes as its first argument says. Standard input then has the command's own input. */
const launcher =
  'import sys;SOURCE=sys.stdin.buffer.read(int(sys.argv.pop(1))).decode();exec(compile(SOURCE,"window.py","exec"))'

/** The commands of window.py. Nothing has to be installed on the server: the program comes with each call. */
export interface Window {
  /** Read-only. Rejects with `server-state-unreadable` where the server has no usable Python. */
  facts(): Promise<OurFacts>
  /** Takes the lock for a run that prepares. Rejects with `lock-held` while another run is alive. */
  lock(owner: string, run: string, seconds: number): Promise<void>
  /** Rejects with `lock-held` where another run took the lock over. */
  renew(run: string, seconds: number): Promise<void>
  unlock(run: string): Promise<void>
  /** Writes the run's folder, its unit and the hold. Rejects where a file on the server is not the expected one. */
  prepare(run: string, plan: WindowPlan): Promise<void>
  /** Starts the window. From here on the server goes on by itself. Can be repeated. */
  commit(run: string): Promise<void>
  /** Removes a run that was not committed. */
  discard(run: string): Promise<void>
  /** Starts the program of an open run again; it ends the run. */
  resume(run: string): Promise<void>
  /** The files of a rollback: those that the migration `run` replaced. Rejects where they were changed since. */
  mirror(run: string): Promise<readonly WindowFile[]>
  /** One page for people. */
  status(): Promise<string>
  /** Undefined where the server cannot reach its own public address. */
  entrance(origin: string, path: string, field: string): Promise<Entrance | undefined>
  /** HMACs of texts, by a key that never leaves the server. */
  hmacs(texts: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>>
  /** Passes on each journal entry after `after`, as it is written. Ends when the run is closed, or after minutes without one. */
  follow(run: string, after: number, onEntry: (entry: JournalEntry) => void): Promise<void>
}

export function windowOver(session: ServerSession): Window {
  const start = (args: readonly string[], { input = '', ...options }: RunOptions): Promise<RunResult> =>
    session.run(['python3', '-I', '-c', launcher, String(Buffer.byteLength(program)), ...args], {
      ...options,
      input: program + input,
    })
  const call = async (args: readonly string[], options: RunOptions = {}): Promise<string> => {
    const result = await start(args, { timeoutMs: 60_000, ...options })
    if (result.code !== 0) throw failed(args[0] ?? '', result, session.host)
    return result.stdout
  }
  return {
    async facts() {
      const result = await start(['facts'], { timeoutMs: 60_000 })
      const facts = result.code === 0 ? parseRecord(result.stdout) : undefined
      if (facts) return ourFacts(facts)
      throw unreadable(session.host, result)
    },
    lock: async (owner, run, seconds) => void (await call(['lock', owner, run, String(seconds)])),
    renew: async (run, seconds) => void (await call(['renew', run, String(seconds)])),
    unlock: async run => void (await call(['unlock', run])),
    prepare: async (run, plan) =>
      void (await call(['prepare', run], { input: JSON.stringify({ plan }), timeoutMs: 120_000 })),
    commit: async run => void (await call(['commit', run])),
    discard: async run => void (await call(['discard', run])),
    resume: async run => void (await call(['resume', run])),
    mirror: async run => JSON.parse(await call(['mirror', run])) as WindowFile[],
    status: () => call(['status']),
    async entrance(origin, path, field) {
      const found = await call(['entrance', origin, path, field], { timeoutMs: 90_000 })
      const { address, verified } = parseRecord(found) ?? {}
      return typeof address === 'string' && typeof verified === 'boolean'
        ? { origin, address, verified }
        : undefined
    },
    hmacs: async texts =>
      JSON.parse(await call(['hmac'], { input: JSON.stringify(texts) })) as Record<string, string>,
    async follow(run, after, onEntry) {
      const result = await start(['follow', run, String(after)], {
        onLine: line => parseJournal(line).forEach(onEntry),
        timeoutMs: Number.POSITIVE_INFINITY,
      })
      if (result.code !== 0) throw failed('follow', result, session.host)
    },
  }
}

function unreadable(host: string, result: RunResult): ToolkitError {
  return new ToolkitError({
    reason: 'server-state-unreadable',
    what: `The state of matrix-auth-actions could not be read with python3 (exit code ${result.code})${reasonAtEnd(failureLine(result.stderr))}`,
    where: host,
    remedy: 'Check that python3 (3.8 or newer) is installed on the server; Ansible needs it too.',
  })
}

/** The reason comes from the program, systemd or psql, and holds no secret. */
function failed(command: string, result: RunResult, host: string): ToolkitError {
  const reason = reasonAtEnd(failureLine(result.stderr))
  if (result.code === lockHeld || result.code === lockLost) {
    return new ToolkitError({
      reason: 'lock-held',
      what:
        result.code === lockHeld
          ? `Another run holds the lock of this server${reason}`
          : `This run lost the lock of this server${reason}`,
      where: host,
      remedy: 'Wait until the other run has ended. The lock of a run that died expires within two minutes.',
    })
  }
  return new ToolkitError({
    reason: 'server-command-failed',
    what: `The command ${command} failed on the server (${result.code === null ? `signal ${result.signal}` : `exit code ${result.code}`})${reason}`,
    where: host,
    remedy: 'Fix the cause that the message names, then run this again.',
  })
}

function ourFacts(facts: JsonRecord): OurFacts {
  const lock = record(facts.lock)
  const owner = text(lock.owner)
  const open = text(facts.open)
  const last = toldRun(facts.last)
  const migration = toldRun(facts.migration)
  return {
    hold: facts.hold === true,
    window: facts.window === true,
    backups: Array.isArray(facts.backups) ? facts.backups.filter(isText) : [],
    ...(owner === undefined
      ? {}
      : { lock: { owner, run: text(lock.run) ?? '', seconds: Number(lock.seconds) } }),
    ...(open === undefined ? {} : { open }),
    ...(last && { last: lastRunIn(last.run, last.entries) }),
    ...(migration && { migration: migrationIn(migration) }),
  }
}

interface ToldRun {
  readonly run: string
  readonly entries: readonly JournalEntry[]
}

function toldRun(value: unknown): ToldRun | undefined {
  const { run, journal } = record(value)
  if (!isText(run) || !Array.isArray(journal)) return undefined
  return { run, entries: parseJournal(journal.filter(isText).join('\n')) }
}

/** Users were on MAS from its start on, before the run ended. */
function migrationIn({ run, entries }: ToldRun): Migration {
  const started = entries.find(({ event, step }) => event === 'begin' && step === 'start')
  return { run, at: started?.at ?? '', accounts: entries.flatMap(({ data }) => text(data?.account) ?? []) }
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
