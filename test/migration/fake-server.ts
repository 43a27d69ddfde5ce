// A stand-in for a server that is being migrated: it keeps files, units, accounts, the lock and the journal in memory and
// answers the calls of src/migration. It has no shell: it models the scripts on a real server.
import { journalLine, summarizeJournal } from '../../src/domain/journal.ts'
import type { ServerFacts } from '../../src/domain/server-facts.ts'
import type { Deps } from '../../src/migration/run/context.ts'
import type { RenderedFile } from '../../src/playbook/render.ts'
import { Guard } from '../../src/server/guard/guard.ts'
import type { HttpAnswer, HttpRequest } from '../../src/server/http.ts'
import type { ServerNames } from '../../src/server/names.ts'
import type { RunOptions, RunResult, ServerSession } from '../../src/server/session.ts'
import { ToolkitError } from '../../src/support/errors.ts'
import { counts, serverFacts } from './facts.ts'

export const homeserver = '/matrix/synapse/config/homeserver.yaml'
const folder = '/matrix/auth-actions'

export const names: ServerNames = {
  host: 'matrix.example.test',
  dialect: 'mas-cli',
  synapseUnit: 'matrix-synapse',
  workerUnits: ['matrix-synapse-worker-generic-worker-0'],
  masUnit: 'matrix-authentication-service',
  postgresContainer: 'matrix-postgres',
  synapseDatabase: 'synapse',
  synapseRole: 'synapse',
  masDatabase: 'matrix_authentication_service',
  masRole: 'matrix_authentication_service',
  serverName: 'example.test',
  clientUrl: 'http://companion:8008',
  synapseUrl: 'http://localhost:8008',
  masUrl: 'http://mas:8080/auth',
}

export const rendered: readonly RenderedFile[] = [
  { path: homeserver, before: 'own login\n', after: 'delegating\n' },
  { path: '/matrix/matrix-authentication-service/config/labels', before: 'a\n', after: 'b\n' },
]

/** A fault of one call to the server: an error, or a permanently lost connection. */
export type Fault = {
  readonly at: number
  readonly kind: 'error' | 'lost'
  readonly when: 'before' | 'after'
}

export class FakeServer implements ServerSession {
  readonly host = names.host
  readonly files = new Map<string, Buffer>()
  readonly canaries = new Set<string>()
  synapseUp = true
  masUp = true
  masUsers = 0
  hold = false
  dropIns = false
  danger = false
  guard: 'absent' | 'armed' | 'disarmed' | 'fired' = 'absent'
  lock = { owner: '', run: '', fence: 0, until: 0 }
  /** Seconds. */
  now = 1_700_000_000
  fault: Fault | undefined
  calls = 0
  lost = false
  /** Synapse was down while nothing would have restored it. */
  abandonedUsers = false

  constructor() {
    for (const file of rendered) this.files.set(file.path, Buffer.from(file.before ?? ''))
  }

  get delegating(): boolean {
    return this.files.get(homeserver)?.toString() === 'delegating\n'
  }

  get journal(): string {
    return this.files.get(`${folder}/journal.jsonl`)?.toString() ?? ''
  }

  /** Whether users are served as before, or by MAS with everything migrated, without a hold. */
  get settled(): 'own login' | 'migrated' | 'broken' {
    if (!this.synapseUp || this.hold || this.danger) return 'broken'
    if (this.delegating) return this.masUp && this.masUsers === 10 ? 'migrated' : 'broken'
    return this.masUsers === 0 ? 'own login' : 'broken'
  }

  async run(argv: readonly string[], options: RunOptions = {}): Promise<RunResult> {
    return this.#faulty(() => this.#dispatch(argv, options))
  }

  async script(): Promise<RunResult> {
    throw new Error('the fake has no shell')
  }

  async readFile(path: string): Promise<Buffer | undefined> {
    return this.#faulty(() => this.files.get(path))
  }

  async writeFile(path: string, content: string | Buffer): Promise<void> {
    return this.#faulty(() => {
      this.files.set(path, Buffer.from(content))
    })
  }

  async close(): Promise<void> {}

  /** What the timer on the server does. */
  tick(): void {
    if (this.guard !== 'armed') return
    if (['proven', 'migrated'].includes(summarizeJournal(this.journal).state)) {
      Object.assign(this, { guard: 'disarmed', danger: false, dropIns: false })
      return
    }
    if (this.lock.until > this.now) return
    this.lock = { ...this.lock, owner: 'guard', fence: this.lock.fence + 1, until: this.now + 600 }
    const wasDown = this.danger
    this.restore()
    this.note('end', wasDown ? 'rolled-back' : 'abandoned')
    this.guard = 'fired'
    this.dropIns = false
    this.lock = { ...this.lock, owner: '', until: 0 }
  }

  restore(): void {
    if (!this.danger) return
    for (const file of rendered) this.files.set(file.path, Buffer.from(file.before ?? ''))
    this.hold = false
    this.synapseUp = true
    this.masUsers = 0
    this.masUp = true
    this.danger = false
  }

  note(event: 'end', outcome: 'rolled-back' | 'abandoned'): void {
    const seq = this.journal.split('\n').length
    const line = journalLine({
      seq,
      at: new Date(0).toISOString(),
      run: this.lock.run,
      fence: this.lock.fence,
      event,
      outcome,
    })
    this.files.set(`${folder}/journal.jsonl`, Buffer.from(this.journal + line))
  }

  #faulty<T>(work: () => T): T {
    this.calls += 1
    this.now += 1
    if (this.lost) throw unreachable()
    const fault = this.fault?.at === this.calls ? this.fault : undefined
    if (!fault) return work()
    this.lost = fault.kind === 'lost'
    if (fault.when === 'after') work()
    throw fault.kind === 'lost' ? unreachable() : refused()
  }

  #dispatch(argv: readonly string[], options: RunOptions): RunResult {
    if (argv[1] === `${folder}/guard/guard.sh`) return this.#guard(argv.slice(2), String(options.input ?? ''))
    if (argv[0] === 'docker' && argv[1] === 'ps') return ok(`${names.workerUnits.join('\n')}\n`)
    if (argv[0] === 'stat') return ok('640 991:991\n')
    if (argv[0] === 'bash' && argv[2]?.includes('pg_dump')) return ok('100 5\n')
    if (argv[0] === 'bash' && argv[2]?.includes('df -Pk'))
      return ok(`${this.now}\n/dev/a 9 9 99999999 1% /matrix\n0\n`)
    if (argv[0] === 'bash' && argv[2]?.includes('mv before was')) return ok('')
    if (argv[0] === 'install' || argv[0] === 'rm') return ok('')
    throw new Error(`the fake does not know ${argv.join(' ')}`)
  }

  #guard([command = '', ...args]: readonly string[], input: string): RunResult {
    const first = Number(args[0])
    switch (command) {
      case 'acquire': {
        if (this.lock.until > this.now)
          return { code: 73, stdout: '', stderr: `The lock is held by ${this.lock.owner}` }
        this.lock = {
          owner: args[0] ?? '',
          run: args[1] ?? '',
          fence: this.lock.fence + 1,
          until: this.now + Number(args[2]),
        }
        return ok(`${this.lock.fence}\n`)
      }
      case 'await-http': {
        if (!this.synapseUp || this.hold) return { code: 76, stdout: '', stderr: 'The answer was HTTP 000' }
        const ownLogin = input.includes('/v3/login') && this.delegating
        return ownLogin ? { code: 76, stdout: '', stderr: 'The answer was HTTP 404' } : ok('{}')
      }
      case 'beat':
      case 'release':
      case 'append':
      case 'at':
        if (first !== this.lock.fence)
          return { code: 75, stdout: '', stderr: 'Another run took the lock over' }
    }
    if (command === 'beat') this.lock.until = this.now + Number(args[1])
    if (command === 'release') this.lock = { ...this.lock, owner: '', until: 0 }
    if (command === 'append') {
      if (this.journal.split('\n').length !== Number(args[1]))
        return { code: 77, stdout: '', stderr: 'written meanwhile' }
      this.files.set(`${folder}/journal.jsonl`, Buffer.from(this.journal + input))
    }
    return command === 'at' ? this.#operation(args.slice(1)) : ok('')
  }

  #operation([operation]: readonly string[]): RunResult {
    switch (operation) {
      case 'hold_install':
        this.dropIns = true
        break
      case 'hold_remove':
        this.dropIns = false
        this.hold = false
        break
      case 'arm':
        this.guard = 'armed'
        break
      case 'go_down':
        if (this.guard !== 'armed') this.abandonedUsers = true
        Object.assign(this, { danger: true, hold: true, synapseUp: false, masUp: false })
        break
      case 'run':
        this.masUsers = 10
        break
      case 'go_live':
        for (const file of rendered) this.files.set(file.path, Buffer.from(file.after ?? ''))
        Object.assign(this, { hold: false, synapseUp: true, masUp: true })
        break
      case 'go_back':
        this.danger = true
        this.restore()
        break
      case 'restore':
        this.restore()
        break
      case 'safe':
        this.danger = false
        break
      case 'uninstall':
        if (this.danger) return { code: 1, stdout: '', stderr: 'unfinished' }
        this.guard = 'absent'
        this.dropIns = false
        break
      case 'mas_clean':
        this.masUsers = 0
        break
      default:
        throw new Error(`the fake does not know the operation ${operation}`)
    }
    return ok('')
  }

  facts(): ServerFacts {
    return serverFacts({
      synapse: { delegating: this.delegating ? 'mas' : 'no' },
      mas: { counts: counts(this.masUsers) },
      ours: { hold: this.hold, guard: this.guard, journal: summarizeJournal(this.journal) },
    })
  }

  answer(request: HttpRequest): HttpAnswer {
    const { url, method = 'GET', token, body } = request
    if (this.lost || !this.synapseUp) return { status: 0, body: {} }
    if (url.endsWith('/admin/v1/register')) {
      if (method === 'GET') return { status: 200, body: { nonce: 'n' } }
      const user = String(Object.fromEntries(Object.entries(body ?? {})).username)
      this.canaries.add(`@${user}:example.test`)
      return { status: 200, body: { access_token: `token-of-${user}`, user_id: `@${user}:example.test` } }
    }
    if (url.includes('/deactivate/')) {
      this.canaries.delete(decodeURIComponent(url.split('/').at(-1) ?? ''))
      return { status: 200, body: {} }
    }
    if (url.includes('/account_data/')) {
      if (method === 'PUT') this.#mark = body
      return { status: 200, body: Object.fromEntries(Object.entries(this.#mark ?? {})) }
    }
    if (url.endsWith('/whoami')) {
      if (token?.startsWith('mct_')) return { status: 401, body: { errcode: 'M_UNKNOWN_TOKEN' } }
      return { status: 200, body: { user_id: [...this.canaries].find(id => !id.includes('-admin')) } }
    }
    if (url.endsWith('/login') && method === 'POST')
      return { status: 200, body: { access_token: 'token-fresh' } }
    if (url.endsWith('/login'))
      return { status: this.delegating && !url.startsWith(names.masUrl) ? 404 : 200, body: {} }
    return { status: 200, body: {} }
  }
  #mark: unknown
}

/** All dependencies of the steps, on the fake server; `parts` replace some of them. */
export function fakeDeps(server: FakeServer, parts: Partial<Deps> = {}): Deps {
  return {
    session: server,
    guard: new Guard(server),
    clock: {
      now: () => new Date(server.now * 1000),
      sleep: () => new Promise(resolve => setImmediate(resolve)),
    },
    log: { info: () => {}, warning: () => {} },
    probe: async () => server.facts(),
    names: async () => ({ names, secrets: { registration: 'secret' } }),
    http: () => async request => server.answer(request),
    sql: async (_database, sql) => {
      if (sql.includes('background_updates')) return '0'
      if (sql.includes('@auth-actions-')) return [...server.canaries].join('\n')
      if (sql.includes('pg_database_size')) return '1000'
      if (sql.includes("'sessionsEnded'")) return '{"sessions":3}'
      if (sql.includes('AS closed')) return '0'
      if (sql.startsWith('WITH')) return JSON.stringify(counts(10))
      return JSON.stringify(counts(server.masUsers))
    },
    checkReceipt: async () => [],
    rehearse: async () => ({
      command: ['docker', 'run', 'syn2mas'],
      findings: [],
      seconds: 13,
      lastLines: [],
    }),
    render: async () => rendered.filter(file => server.files.get(file.path)?.toString() !== file.after),
    judge: () => ({ ok: true, what: 'done', findings: [], lastLines: [] }),
    doctor: async () => ({ findings: [] }),
    createUsers: async () => {},
    ...parts,
  }
}

function ok(stdout: string): RunResult {
  return { code: 0, stdout, stderr: '' }
}

function unreachable(): ToolkitError {
  return new ToolkitError({
    kind: 'server',
    reason: 'server-unreachable',
    what: 'The connection was lost.',
    remedy: 'Wait.',
  })
}

function refused(): ToolkitError {
  return new ToolkitError({
    kind: 'server',
    reason: 'server-command-failed',
    what: 'A command failed.',
    remedy: 'Look.',
  })
}
