// A stand-in for a server that is being migrated: it keeps files, accounts, the lock and the runs in memory and answers the
// calls of src/migration. It does not run src/server/window/window.py: it only ends its runs as that program does.
import type { JournalEntry, Outcome } from '../../src/domain/journal.ts'
import { lastRunIn, type OurFacts } from '../../src/domain/server-facts.ts'
import type { Deps } from '../../src/migration/run/context.ts'
import type { RenderedFile } from '../../src/playbook/render.ts'
import type { ServerNames } from '../../src/server/names.ts'
import type { RunResult, ServerSession } from '../../src/server/session.ts'
import type { WindowPlan } from '../../src/server/window/plan.ts'
import type { Window } from '../../src/server/window/window.ts'
import { ToolkitError } from '../../src/support/errors.ts'
import { counts, idle, serverFacts } from './facts.ts'

const homeserver = '/matrix/synapse/config/homeserver.yaml'

export const names: ServerNames = {
  workerUnits: ['matrix-synapse-worker-generic-worker-0'],
  synapseDatabase: 'synapse',
  synapseRole: 'synapse',
  masDatabase: 'matrix_authentication_service',
  masRole: 'matrix_authentication_service',
  serverName: 'example.test',
  clientUrl: 'http://companion:8008',
  publicUrl: 'https://matrix.example.test',
  masUrl: 'http://mas:8080/auth',
  masPublicUrl: 'https://matrix.example.test/auth',
}

export const rendered: readonly RenderedFile[] = [
  { path: homeserver, before: 'built-in login\n', after: 'delegating\n' },
  { path: '/matrix/matrix-authentication-service/config/labels', before: 'a\n', after: 'b\n' },
]

/** A fault of calls to the server: an error, or a lost connection. */
export interface Fault {
  readonly at: number
  readonly kind: 'error' | 'lost'
  readonly when: 'before' | 'after'
  /** How many calls in a row fail; by default one. */
  readonly calls?: number
}

export class FakeServer implements ServerSession {
  readonly host = 'matrix.example.test'
  readonly plans = new Map<string, WindowPlan>()
  readonly journals = new Map<string, JournalEntry[]>()
  stage: 'built-in' | 'live' = 'built-in'
  masUsers = 0
  backups: readonly string[] = []
  /** KiB on its only disk. */
  free = 99_999_999
  lock: OurFacts['lock']
  last: OurFacts['last']
  migration: OurFacts['migration']
  /** Why the server restores the state before a run instead of ending it. */
  failure: string | undefined
  /** Whether it fails before it stops anything. */
  failsEarly = false
  /** Whether the program was killed, and waits to be started again. */
  killed = false
  /** Seconds. */
  now = 1_700_000_000
  fault: Fault | undefined
  /** The timer of a rehearsal whose runner was killed. */
  startsMasLater = true
  calls = 0
  /** Before each call, with its number. */
  onCall: (call: number) => void = () => {}

  async run(argv: readonly string[]): Promise<RunResult> {
    return this.#faulty(() => {
      if (argv[0] === 'bash' && argv[2]?.includes('pg_dump')) return ok()
      if (argv[3] === 'remove') {
        this.backups = this.backups.filter(name => !argv.slice(5).includes(name))
        return ok('2048\n')
      }
      if (argv[0] === 'bash' && argv[2]?.includes('df -Pk'))
        return ok(`/dev/a 9 9 ${this.free} 1% /\n`.repeat(argv.length - 4))
      if (argv.join(' ') === 'systemctl stop matrix-auth-actions-start-mas.timer') {
        this.startsMasLater = false
        return ok()
      }
      throw new Error(`the fake does not know ${argv.join(' ')}`)
    })
  }

  async readFile(): Promise<string | undefined> {
    return this.#faulty(() => undefined)
  }

  async writeFile(): Promise<void> {
    return this.#faulty(() => undefined)
  }

  async close(): Promise<void> {}

  readonly window: Window = {
    facts: () => this.#faulty(() => this.ours()),
    lock: (owner, run, seconds) =>
      this.#faulty(() => {
        if (this.lock && this.lock.run !== run && this.lock.seconds > 0) throw heldBy(this.lock.owner)
        this.lock = { owner, run, seconds }
      }),
    renew: run =>
      this.#faulty(() => {
        if (this.lock?.run !== run) throw heldBy(this.lock?.owner ?? 'no run')
      }),
    unlock: run =>
      this.#faulty(() => {
        if (this.lock?.run === run) this.lock = undefined
      }),
    prepare: (run, plan) =>
      this.#faulty(() => {
        if (this.lock?.run !== run) throw heldBy(this.lock?.owner ?? 'no run')
        this.plans.set(run, plan)
      }),
    commit: run => this.#faulty(() => this.#commit(run)),
    discard: run =>
      this.#faulty(() => {
        if (this.journals.has(run)) throw refused()
        this.plans.delete(run)
      }),
    resume: run =>
      this.#faulty(() => {
        this.killed = false
        this.#end(run, 'restored', 'the program was killed')
      }),
    mirror: run =>
      this.#faulty(() => {
        const plan = this.plans.get(run)
        if (!plan) throw refused()
        return plan.files.map(file => ({ ...file, after: 'bWlycm9yZWQK' }))
      }),
    status: async () => 'lock      free\n',
    entrance: async origin => ({ origin, address: '127.0.0.1', verified: true }),
    hmacs: async texts => texts,
    follow: (run, after, onEntry) =>
      this.#faulty(() => {
        for (const entry of this.journals.get(run) ?? []) if (entry.seq > after) onEntry(entry)
      }),
  }

  #commit(run: string): void {
    if (this.startsMasLater) throw new Error('a timer would start MAS in the window')
    const plan = this.plans.get(run)
    if (!plan || this.lock?.run !== run) throw refused()
    if (this.journals.has(run)) return
    this.#add(run, 'commit', undefined, { run, kind: plan.kind })
    if (this.killed) return
    if (this.failure !== undefined) this.#end(run, this.failsEarly ? 'abandoned' : 'restored', this.failure)
    else this.#end(run, plan.kind === 'migrate' ? 'migrated' : 'rolled-back')
  }

  #end(run: string, outcome: Outcome, reason?: string): void {
    if (outcome === 'migrated') Object.assign(this, { stage: 'live', masUsers: 10 })
    if (outcome === 'rolled-back') Object.assign(this, { stage: 'built-in', masUsers: 0 })
    if (reason === undefined) {
      const proofs = [{ name: 'an existing session is still valid', result: 'holds', detail: 'HTTP 200' }]
      this.#add(run, 'begin', 'stop')
      this.#add(run, 'done', 'stop', { seconds: 1 })
      this.#add(run, 'done', 'syn2mas', { seconds: 2, syn2masSeconds: 1.5, locks: 2, exitCode: 0 })
      this.#add(run, 'done', 'answer', { seconds: 2, downSeconds: 5 })
      this.#add(run, 'done', 'prove', { seconds: 1, proofs })
    } else {
      if (outcome === 'restored') this.#add(run, 'begin', 'stop')
      this.#add(run, 'begin', outcome === 'restored' ? 'syn2mas' : 'check')
      this.#add(run, 'failed', undefined, { reason })
    }
    const lossy = this.plans.get(run)?.kind === 'migrate' ? 'restored' : 'rolled-back'
    const lost = outcome === lossy ? { sessions: 1 } : null
    this.#add(run, 'end', undefined, { outcome, lost, ...(reason ? { reason } : {}) })
    this.#add(run, 'closed')
    this.last = lastRunIn(run, this.journals.get(run) ?? [])
    if (outcome === 'migrated')
      this.migration = { run, at: new Date(this.now * 1000).toISOString(), accounts: [] }
    if (outcome === 'rolled-back') this.migration = undefined
  }

  #add(run: string, event: JournalEntry['event'], step?: string, data?: JournalEntry['data']): void {
    const entries = this.journals.get(run) ?? []
    const at = new Date(this.now * 1000).toISOString()
    const seq = entries.length + 1
    const head = { seq, at, uptime: this.now + seq, boot: 'b', event }
    entries.push({ ...head, ...(step ? { step } : {}), ...(data ? { data } : {}) })
    this.journals.set(run, entries)
  }

  ours(): OurFacts {
    const open = [...this.journals].find(([, entries]) => !entries.some(({ event }) => event === 'closed'))
    return {
      ...idle,
      backups: this.backups,
      ...(this.lock ? { lock: this.lock } : {}),
      ...(this.last ? { last: this.last } : {}),
      ...(this.migration ? { migration: this.migration } : {}),
      ...(open ? { open: open[0] } : {}),
    }
  }

  async #faulty<T>(work: () => T): Promise<T> {
    this.calls += 1
    this.now += 1
    this.onCall(this.calls)
    const { fault } = this
    if (!fault || this.calls < fault.at || this.calls >= fault.at + (fault.calls ?? 1)) return work()
    if (fault.when === 'after' && this.calls === fault.at) work()
    throw fault.kind === 'lost' ? unreachable() : refused()
  }
}

/** All dependencies of a run, on the fake server; `parts` replace some of them. */
export function fakeDeps(server: FakeServer, parts: Partial<Deps> = {}): Deps {
  return {
    session: server,
    window: server.window,
    clock: {
      now: () => new Date(server.now * 1000),
      sleep: () => new Promise(resolve => setImmediate(resolve)),
    },
    log: { info: () => {}, warning: () => {} },
    probe: async () =>
      serverFacts({
        synapse: { delegating: server.stage === 'live' ? 'mas' : 'no' },
        mas: { counts: counts(server.masUsers) },
        ours: server.ours(),
      }),
    names: async () => ({ names, registrationSecret: 'secret' }),
    http: async () => ({ status: 200, text: '' }),
    sql: async (_database, sql) => {
      if (sql.includes('background_updates')) return '0'
      return sql.includes("'sessionsEnded'") ? '{"sessions":3}' : '1000'
    },
    checkReceipt: async () => [],
    rehearse: async () => ({
      command: ['docker', 'run', 'syn2mas'],
      findings: [],
      lastLines: [],
      estimate: async () => 8,
    }),
    render: async () => (server.stage === 'live' ? [] : rendered),
    renderPresent: async () => rendered,
    renderLastPrepared: async () => undefined,
    isAsDeployed: async () => false,
    lookFromOutside: async () => ({ checks: [], findings: [] }),
    doctor: async () => ({ findings: [] }),
    createUsers: async () => {},
    ...parts,
  }
}

function ok(stdout = ''): RunResult {
  return { code: 0, stdout, stderr: '' }
}

function heldBy(owner: string): ToolkitError {
  return new ToolkitError({
    reason: 'lock-held',
    what: `Held by ${owner}.`,
    remedy: 'Wait.',
  })
}

function unreachable(): ToolkitError {
  return new ToolkitError({ reason: 'server-unreachable', what: 'Lost.', remedy: 'Wait.' })
}

export function refused(): ToolkitError {
  return new ToolkitError({ reason: 'server-command-failed', what: 'No.', remedy: 'Look.' })
}
