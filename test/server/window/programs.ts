// A stand-in for systemctl, docker (psql, curl, syn2mas) and sh in the sandbox of window.py. It keeps units, accounts and
// the answers of Synapse, and does what the fault says. It does not know systemd's dependencies, SQL or HTTP: it
// recognizes the calls that window.py makes.
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, matchesGlob } from 'node:path'

export interface World {
  units: Record<string, boolean>
  /** Units that systemd lists as failed. */
  failed: string[]
  masUsers: number
  accounts: Record<string, { admin: boolean; active: boolean }>
  /** syn2mas works. */
  container: boolean
  /** Of the worker, another one at each start; and the one to which the companion passes requests on. */
  workerAddress: number
  companionTarget: number
  /** Calls of any program so far. */
  calls: number
  log: string[]
}

/** Of faults at calls and at writes. */
export const commonKinds = ['fail', 'kill-before', 'kill-after', 'restore'] as const

export const callKinds = [...commonKinds, 'state-away'] as const

/**
 * At the call of a program, counted from the start of the sandbox. `restore`: root asks for the state before. `state-away`: the call
 * fails, and a link takes the place of the state folder for two seconds.
 */
export interface CallFault {
  readonly call: number
  readonly kind: (typeof callKinds)[number]
}

/** What goes wrong. */
export interface Fault {
  readonly calls?: readonly CallFault[]
  /** From this call until that one, PostgreSQL and what needs it cannot start. */
  readonly postgresDown?: readonly [from: number, until: number]
  /** At this call PostgreSQL dies, and its unit waits for its restart. */
  readonly postgresDies?: number
  readonly syn2mas?: 'fails' | 'hangs' | 'half' | 'slow'
  readonly synapseNeverAnswersLive?: boolean
  /** After a rollback Synapse takes no passwords. */
  readonly noPasswordsBuiltIn?: boolean
  readonly masNeverAnswers?: boolean
  /** So many requests MAS does not answer after a login was refused. */
  readonly masSilent?: number
  /** So many times, the requests to the live stage end only when curl gives them up. */
  readonly stuckLive?: number
  /** So many times, the login provider is out of order in the live stage. */
  readonly providerFails?: number
  /** With the configuration of the live stage the worker ends at once. */
  readonly workerEndsLive?: boolean
  /** The first look at the workers in the live stage takes longer than docker may. */
  readonly dockerSlowLive?: boolean
  /** The worker has the configuration of another stage than Synapse. */
  readonly workerRejectsLive?: boolean
  /** This unit was removed: systemd does not know it. The companion is not configured to use a worker that was removed. */
  readonly removed?: 'worker-a' | 'mas'
  /** So many times, docker lists the worker as not running after a rollback has started it. */
  readonly workerAwayBuiltIn?: number
  /** This unit runs on after its stop. */
  readonly runsOn?: string
  readonly holdIgnored?: boolean
  /** The address of clients inside the container network has no answer. */
  readonly clientAway?: boolean
  /** Accounts without a password have this provider, which Synapse does not offer. */
  readonly providerLost?: string
  /** MAS has no login by password. */
  readonly noPasswordsMas?: boolean
  /** SQL with this text fails. */
  readonly fails?: string
  /** SQL with this text does not return. */
  readonly hangs?: string
}

interface Call {
  readonly parent: number
  readonly input: string
  readonly name: string
  readonly words: readonly string[]
}

interface Result {
  readonly code?: number
  readonly stdout?: string
  readonly stderr?: string
}

const syn2masContainer = 'matrix-authentication-service-syn2mas'
const wait = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds))
const json = (value: unknown): Result => ({ stdout: `${JSON.stringify(value)}\n` })
const issuedToken = 'mct_issued'
const http = (status: number, body: object = {}): Result => ({ stdout: `${JSON.stringify(body)}\n${status}` })

export class Programs {
  world: World = {
    units: { 'matrix-synapse': true, 'worker-a': true, mas: true, 'matrix-postgres': true, companion: true },
    failed: [],
    masUsers: 0,
    accounts: { 'auth-actions-bob': { admin: false, active: true } },
    container: false,
    workerAddress: 1,
    companionTarget: 1,
    calls: 0,
    log: [],
  }
  fault: Fault = {}
  /** How long curl waited for each request that was stuck, in seconds. */
  readonly stuck: number[] = []
  /** Requests that MAS did not answer. */
  silent = 0
  private loginRefused = false
  private providerFailures = 0
  private looksWithoutWorker = 0
  private wasSlow = false
  /** syn2mas renamed the tables of MAS, as it does while it works. */
  private renamed = false
  private mark: object = {}
  private readonly checked = new Map<string, number>()
  /** Units that failed and wait for their restart, which takes too long here: starting them has no effect. */
  private readonly restarting = new Set<string>()
  private server: Server | undefined
  /** Until the state folder is in its place. */
  stateIsBack: Promise<void> = Promise.resolve()

  private readonly state: string
  private readonly systemd: string
  private readonly homeserver: string

  constructor(state: string, systemd: string, homeserver: string) {
    this.state = state
    this.systemd = systemd
    this.homeserver = homeserver
  }

  /** The port at which program.sh asks. */
  async listen(): Promise<number> {
    const server = createServer(socket => void this.serve(socket))
    this.server = server
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    return address.port
  }

  close(): void {
    this.server?.close()
  }

  private async serve(socket: Socket): Promise<void> {
    socket.on('error', () => undefined) // The caller was killed.
    try {
      const call = await read(socket)
      const { code = 0, stdout = '', stderr = '' } = await this.disturbed(call)
      socket.end(`${code}\0${stdout}\0${stderr}\0`)
    } catch {
      socket.destroy() // Of a caller that was killed, a part of its input came.
    }
  }

  private async disturbed(call: Call): Promise<Result> {
    this.world.calls += 1
    this.world.log.push(`${call.name} ${call.words.join(' ')}`.slice(0, 120))
    if (this.fault.postgresDies === this.world.calls) {
      this.world.units['matrix-postgres'] = false
      this.restarting.add('matrix-postgres')
    }
    const kind = this.fault.calls?.find(each => each.call === this.world.calls)?.kind
    if (kind === 'state-away' && !lstatSync(this.state).isSymbolicLink())
      this.stateIsBack = this.replaceState()
    if (kind === 'fail' || kind === 'state-away') return { code: 1 }
    if (kind === 'kill-before') {
      process.kill(call.parent, 'SIGKILL')
      return { code: 1 }
    }
    const result = await this.answer(call)
    if (kind === 'kill-after') process.kill(call.parent, 'SIGKILL')
    if (kind === 'restore') process.kill(call.parent, 'SIGUSR1')
    return result
  }

  private async replaceState(): Promise<void> {
    renameSync(this.state, `${this.state}.away`)
    symlinkSync(tmpdir(), this.state)
    await wait(2000)
    unlinkSync(this.state)
    renameSync(`${this.state}.away`, this.state)
  }

  private async answer(call: Call): Promise<Result> {
    if (call.name === 'systemctl') return this.systemctl(call.words)
    if (call.name === 'docker') return this.docker(call)
    return call.words.includes('issue-compatibility-token') ? { stdout: `token: ${issuedToken}\n` } : {}
  }

  private systemctl(words: readonly string[]): Result {
    const named = words.slice(1).flatMap(word => (word.startsWith('-') ? [] : word.replace('.service', '')))
    const { removed: lost } = this.fault
    if (lost === undefined || !/^(stop|start)$/.test(words[0] ?? '') || !named.includes(lost))
      return this.obeyed(words, named)
    if (lost === 'mas') this.world.units.mas = false
    this.obeyed(
      words,
      named.filter(unit => unit !== lost),
    )
    // It does the rest, and then fails.
    return { code: 5, stderr: `Unit ${lost}.service not loaded.\n` }
  }

  private obeyed(words: readonly string[], named: readonly string[]): Result {
    const { units } = this.world
    switch (words[0]) {
      case 'show':
        return { stdout: this.shown(words[2] ?? '', named) }
      case 'stop':
        for (const unit of named) {
          units[unit] = unit === this.fault.runsOn
          this.restarting.delete(unit)
        }
        return {}
      case 'start':
      case 'try-restart':
        if (words[0] === 'start' && !words.includes('--job-mode=ignore-dependencies'))
          this.start('matrix-postgres')
        for (const unit of named) if (!unit.startsWith('matrix-auth-actions')) this.start(unit)
        return {}
      case 'reload':
      case 'restart':
        if (
          !(units['worker-a'] || this.fault.removed === 'worker-a') ||
          (words[0] === 'reload' && !units.companion)
        )
          return { code: 1 }
        units.companion = true
        this.world.companionTarget = this.world.workerAddress
        return {}
      case 'enable':
        mkdirSync(dirname(this.enabled(named[0])), { recursive: true })
        writeFileSync(this.enabled(named[0]), '')
        return {}
      case 'reset-failed':
        this.world.failed = this.world.failed.filter(unit =>
          named.every(pattern => !matchesGlob(unit, pattern)),
        )
        return {}
      default:
        return {}
    }
  }

  private shown(properties: string, named: readonly string[]): string {
    const units = named.filter(unit => unit !== properties)
    const block = (unit: string) =>
      properties.split(',').map(name => `${name}=${this.property(name, unit)}\n`)
    return units.map(unit => block(unit).join('')).join('\n')
  }

  private property(name: string, unit: string): string {
    if (name === 'ActiveState') {
      if (this.restarting.has(unit)) return 'activating'
      return this.world.units[unit] ? 'active' : 'inactive'
    }
    if (name === 'SubState') return this.restarting.has(unit) ? 'auto-restart' : 'other'
    if (name === 'MainPID') return this.world.units[unit] ? '1' : '0'
    if (name === 'ConditionTimestampMonotonic') return String(this.checked.get(unit) ?? 0)
    if (name === 'LoadState') return unit === this.fault.removed ? 'not-found' : 'loaded'
    if (name === 'CanReload') return 'yes'
    return name === 'ConditionResult' && this.held && !this.fault.holdIgnored ? 'no' : 'yes'
  }

  private enabled(unit = ''): string {
    return join(this.systemd, 'multi-user.target.wants', `${unit}.service`)
  }

  private get held(): boolean {
    return existsSync(join(this.state, 'hold'))
  }

  private get isLive(): boolean {
    return readFileSync(this.homeserver, 'utf8').trim() === 'live'
  }

  private get postgresIsDown(): boolean {
    const [from, until] = this.fault.postgresDown ?? [0, 0]
    return !this.world.units['matrix-postgres'] || (from <= this.world.calls && this.world.calls < until)
  }

  private start(unit: string): void {
    if (unit === 'matrix-postgres') this.world.units[unit] = !this.restarting.has(unit)
    else if (unit !== 'mas' && this.held) this.checked.set(unit, this.world.calls)
    else if (this.postgresIsDown) this.restarting.add(unit)
    else if (unit === 'worker-a' && this.isLive && this.fault.workerEndsLive) this.restarting.add(unit)
    else if (!this.restarting.has(unit)) {
      if (unit === 'worker-a' && !this.world.units[unit]) this.world.workerAddress += 1
      this.world.units[unit] = true
    }
  }

  private docker({ words, input }: Call): Result | Promise<Result> {
    const { world } = this
    if (words[0] === 'ps') {
      const running = Object.entries(world.units).flatMap(([unit, runs]) =>
        runs && !this.isAway(unit) ? unit : [],
      )
      return { stdout: [...running, ...(world.container ? [syn2masContainer] : [])].join('\n') }
    }
    if (words[0] === 'rm') {
      world.container = false
      return {}
    }
    if (words[0] === 'run') return this.syn2mas()
    if (words.includes('-sSZ') && this.isLive && this.fault.dockerSlowLive && !this.wasSlow) {
      this.wasSlow = true
      return wait(6000).then(() => ({ code: 1 }))
    }
    if (words.includes('-sSZ')) return this.statuses(input, Number(words[words.indexOf('-m') + 1]))
    if (words.includes('curl')) return this.curl(requestOf(input))
    return words.includes('psql') ? this.sql(input.trim(), words.includes('masdb')) : {}
  }

  private isAway(unit: string): boolean {
    if (unit !== 'worker-a' || this.isLive || this.looksWithoutWorker >= (this.fault.workerAwayBuiltIn ?? 0))
      return false
    this.looksWithoutWorker += 1
    return true
  }

  /** Its container works while other calls are made, and outlives its client. */
  private async syn2mas(): Promise<Result> {
    const { syn2mas } = this.fault
    Object.assign(this.world, { container: true, masUsers: 3 })
    this.renamed = true
    const end = performance.now() + (syn2mas === 'hangs' ? 600_000 : syn2mas === 'slow' ? 1500 : 0)
    while (performance.now() < end && this.world.container && this.server?.listening) await wait(50)
    if (!this.world.container) return { code: 137 }
    this.world.container = false
    if (syn2mas === 'fails') return { code: 1 }
    this.world.masUsers = syn2mas === 'half' ? 3 : 10
    this.renamed = false
    return { stdout: 'its output\n' }
  }

  private sql(statement: string, ofMas: boolean): Result | Promise<Result> {
    if (this.postgresIsDown) return { code: 2, stderr: 'psql: error: connection refused\n' }
    if (this.fault.fails && statement.includes(this.fault.fails)) return { code: 2, stderr: 'disk full\n' }
    if (this.fault.hangs && statement.includes(this.fault.hangs)) return wait(60_000).then(() => ({}))
    if (statement.includes('pg_stat_activity')) return { stdout: '0\n' }
    if (statement.includes('sessionsEnded')) return json({ sessions: 4 })
    if (statement.includes('json_build_object')) {
      return json({ counts: { users: ofMas ? this.world.masUsers : 10 }, closed: 2 })
    }
    if (statement.includes('upstream_oauth_providers'))
      return { stdout: '018bf6bf-045a-a575-ed2f-680000000000\n' }
    if (statement.includes('user_external_ids\n')) {
      const { providerLost } = this.fault
      return { stdout: providerLost === undefined ? '' : `${providerLost} 23\n` }
    }
    if (statement.includes('pg_tables')) {
      return { stdout: this.renamed ? 'syn2mas__users\n' : 'users\nuser_emails\n' }
    }
    if (/^(TRUNCATE|CREATE DATABASE)/.test(statement)) {
      this.world.masUsers = 0
      this.renamed = false
    }
    if (statement.includes('SET deactivated = 1')) {
      for (const [user, account] of Object.entries(this.world.accounts)) {
        if (statement.includes(`'@${user}:example.test'`)) account.active = false
      }
    }
    return {}
  }

  /** GET requests to all URLs of curl's configuration; one without an answer fails the call. */
  private async statuses(config: string, seconds: number): Promise<Result> {
    if (this.isLive && this.stuck.length < (this.fault.stuckLive ?? 0)) {
      this.stuck.push(seconds)
      await wait(1000 * seconds)
      return { code: 28 }
    }
    const { token, body } = requestOf(config)
    const urls = [...config.matchAll(/^url = "(.*)"$/gm)].map(([, url = '']) => url)
    const printed = urls.map(url => {
      const { stdout = '\n0' } = this.curl({ url, method: 'GET', token, body })
      return `${url} ${stdout.split('\n').at(-1)?.padStart(3, '0')}`
    })
    return { code: printed.some(line => line.endsWith(' 000')) ? 7 : 0, stdout: `${printed.join('\n')}\n` }
  }

  private curl(request: Request): Result {
    const isMas = request.url.startsWith('http://mas')
    const { isLive } = this
    const { hostname } = new URL(request.url)
    const answers = this.world.units[/^(synapse|client)$/.test(hostname) ? 'matrix-synapse' : hostname]
    if (isMas && isLive && this.loginRefused && this.silent < (this.fault.masSilent ?? 0)) {
      this.silent += 1
      return http(0)
    }
    if (!answers || (isMas && this.fault.masNeverAnswers) || (isLive && this.fault.synapseNeverAnswersLive))
      return http(0)
    if (isLive && hostname === 'worker-a' && this.fault.workerRejectsLive) return http(401)
    const { companionTarget, workerAddress } = this.world
    if (hostname === 'client' && (!this.world.units.companion || this.fault.clientAway)) return http(0)
    if (hostname === 'client' && companionTarget !== workerAddress) return http(502)
    if (request.url.includes('/upstream/')) {
      if (!isLive || this.providerFailures >= (this.fault.providerFails ?? 0)) return http(303)
      this.providerFailures += 1
      return http(502)
    }
    return this.matrix(request, isMas || !isLive)
  }

  private matrix({ url, method, body, token }: Request, offersLogin: boolean): Result {
    const { accounts } = this.world
    if (url.endsWith('/register')) {
      if (method === 'GET') return http(200, { nonce: 'n' })
      accounts[body.username] = { admin: body.admin, active: true }
      return http(200, { access_token: `${body.username}/0`, user_id: `@${body.username}:example.test` })
    }
    const deactivated = /\/deactivate\/%40(.+)%3A/.exec(url)?.[1]
    if (deactivated !== undefined) {
      accounts[deactivated] = { admin: false, active: false }
      return http(200)
    }
    if (url.endsWith('/whoami')) {
      if (token === '' || token.startsWith('mct_')) return http(401, { errcode: 'M_UNKNOWN_TOKEN' })
      return http(200, { user_id: `@${token.split('/')[0]}:example.test` })
    }
    if (url.endsWith('/login')) {
      if (this.fault.noPasswordsBuiltIn && offersLogin && !url.startsWith('http://mas')) {
        this.loginRefused ||= method === 'POST'
        return method === 'POST' ? http(403) : http(200, { flows: [] })
      }
      if (this.fault.noPasswordsMas && url.startsWith('http://mas'))
        return method === 'POST' ? http(403) : http(200, { flows: [{ type: 'm.login.sso' }] })
      if (method === 'POST') return http(200, { access_token: `${body.identifier.user}/1` })
      return offersLogin ? http(200, { flows: [{ type: 'm.login.password' }] }) : http(404)
    }
    if (url.includes('/account_data/')) {
      if (this.fault.noPasswordsMas && token !== issuedToken) return http(401)
      if (method === 'PUT') this.mark = body
      return http(200, this.mark)
    }
    return http(200, url.includes('openid-configuration') ? { issuer: 'https://mas' } : { versions: [] })
  }
}

interface Request {
  readonly url: string
  readonly method: string
  readonly token: string
  readonly body: {
    readonly username: string
    readonly admin: boolean
    readonly identifier: { readonly user: string }
  }
}

/** From the configuration that curl reads. */
function requestOf(config: string): Request {
  const value = (name: string) =>
    JSON.parse(new RegExp(`^${name} = (.*)$`, 'm').exec(config)?.[1] ?? '""') as string
  const data = value('data-raw')
  return {
    url: value('url'),
    method: value('request'),
    token: /Bearer ([^"]*)/.exec(config)?.[1] ?? '',
    body: JSON.parse(data || '{}') as Request['body'],
  }
}

/** The words of a call: the process that made it, its input, the number of its arguments, and those with its name. */
async function read(socket: Socket): Promise<Call> {
  let text = ''
  for await (const chunk of socket.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    text += chunk as string
    const [parent, input = '', count, name = '', ...words] = text.split('\0')
    if (words.length > Number(count))
      return { parent: Number(parent), input, name, words: words.slice(0, -1) }
  }
  throw new Error(`an incomplete call: ${text}`)
}
