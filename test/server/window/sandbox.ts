// A sandbox for src/server/window/window.py: the program runs for real in a temporary folder. programs.ts stands in for
// systemctl, docker and sh. The lab's tests run the same program on a real server.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from 'vitest'
import { type JournalEntry, type Outcome, outcomeOf, parseJournal } from '../../../src/domain/journal.ts'
import { windowSql } from '../../../src/migration/run/accounts.ts'
import type { RunResult, ServerSession } from '../../../src/server/session.ts'
import type { WindowPlan } from '../../../src/server/window/plan.ts'
import { windowOver } from '../../../src/server/window/window.ts'
import { commandSession } from '../command-session.ts'
import { commonKinds, type Fault, Programs, type World } from './programs.ts'

const client = join(import.meta.dirname, 'program.sh')
const faults = join(import.meta.dirname, 'faults.py')
export const window = join(import.meta.dirname, '../../../src/server/window/window.py')

export const writeKinds = [...commonKinds, 'torn', 'fail-after', 'clock-back', 'clock-forth'] as const

/** At a write of window.py, counted from its start; see faults.py. `torn`: killed when half is written. `fail-after`: written, and reported as failed. `clock-back`: from then on the clock is an hour behind. */
export interface WriteFault {
  readonly write: number
  /** `count`: no fault; the file `writes` has their number. */
  readonly kind: (typeof writeKinds)[number] | 'count'
}

const wants = 'multi-user.target.wants'

export class Sandbox {
  readonly folder = mkdtempSync(join(tmpdir(), 'window-'))
  readonly state = join(this.folder, 'state')
  readonly systemd = join(this.folder, 'systemd')
  readonly homeserver = join(this.folder, 'homeserver.yaml')
  readonly labels = join(this.folder, 'labels')
  readonly run = 'r1'
  private readonly programs = new Programs(this.state, this.systemd, this.homeserver)
  private environment: NodeJS.ProcessEnv = {}

  static async create(): Promise<Sandbox> {
    const box = new Sandbox()
    box.environment = {
      PATH: `${join(box.folder, 'bin')}:${process.env.PATH}`,
      AUTH_ACTIONS_STATE: box.state,
      AUTH_ACTIONS_SYSTEMD: box.systemd,
      SANDBOX: box.folder,
      SANDBOX_PORT: String(await box.programs.listen()),
    }
    return box
  }

  private constructor() {
    for (const name of ['bin', 'systemd']) mkdirSync(join(this.folder, name))
    for (const name of ['systemctl', 'docker', 'sh']) symlinkSync(client, join(this.folder, 'bin', name))
    writeFileSync(this.homeserver, 'built-in\n', { mode: 0o640 })
    writeFileSync(this.labels, 'prepared\n', { mode: 0o640 })
  }

  /** Becomes a copy of another one, in which every run has ended. */
  copy(other: Sandbox): void {
    execFileSync('cp', ['--archive', other.state, other.homeserver, other.labels, this.folder])
    for (const run of readdirSync(`${this.state}/runs`)) {
      const plan = `${this.state}/runs/${run}/plan.json`
      writeFileSync(plan, readFileSync(plan, 'utf8').replaceAll(other.folder, this.folder))
    }
    this.programs.world = structuredClone(other.world)
  }

  remove(): void {
    this.programs.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  get world(): World {
    return this.programs.world
  }

  fault(fault: Fault): void {
    this.programs.fault = fault
  }

  get silent(): number {
    return this.programs.silent
  }

  get stuck(): readonly number[] {
    return this.programs.stuck
  }

  start(argv: readonly string[], input = ''): ChildProcess {
    const [program = '', ...args] = argv
    const child = spawn(program, args, { env: this.environment, stdio: ['pipe', 'pipe', 'pipe'] })
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(input)
    return child
  }

  async execute(argv: readonly string[], input = ''): Promise<RunResult> {
    const child = this.start(argv, input)
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout?.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr?.on('data', (chunk: Buffer) => err.push(chunk))
    const code = await new Promise<number | null>(resolve => child.on('close', resolve))
    return { code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }
  }

  /** A session as the runner has it. */
  get session(): ServerSession {
    return commandSession('sandbox', async (argv, options = {}) => {
      const result = await this.execute(argv, options.input)
      for (const line of result.stdout.split('\n')) if (line) options.onLine?.(line)
      return result
    })
  }

  get window() {
    return windowOver(this.session)
  }

  plan(parts: Partial<WindowPlan> = {}): WindowPlan {
    const file = (path: string, after: string) => ({
      path,
      beforeSha256: existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : null,
      after: Buffer.from(after).toString('base64'),
      mode: '0640',
      owner: 'root:root',
    })
    return {
      kind: 'migrate',
      units: {
        synapse: 'matrix-synapse',
        workers: ['worker-a'],
        mas: 'mas',
        companion: 'companion',
        restart: [],
      },
      postgres: {
        container: 'matrix-postgres',
        synapse: { database: 'synapse', role: 'synapse' },
        mas: { database: 'masdb', role: 'masdb' },
      },
      urls: {
        synapse: 'http://synapse',
        mas: 'http://mas',
        client: 'http://client',
        workers: ['http://worker-a/whoami', 'http://pusher/whoami'],
      },
      entrance: null,
      entranceMas: null,
      serverName: 'example.test',
      registrationSecret: 's3cret',
      syn2mas: { command: ['docker', 'run', 'syn2mas'] },
      sql: windowSql('mas-cli'),
      maxDowntime: 60,
      files: [file(this.homeserver, 'live\n'), file(this.labels, 'live\n')],
      ...parts,
    }
  }

  async prepare(parts: Partial<WindowPlan> = {}, run = this.run): Promise<void> {
    await this.window.lock('owner', run, 120)
    await this.window.prepare(run, this.plan(parts))
  }

  /** The program as the unit starts it. */
  program(run = this.run, fault?: WriteFault): string[] {
    const faulty = fault ? [faults, String(fault.write), fault.kind] : []
    return ['python3', '-I', ...faulty, `${this.state}/runs/${run}/window.py`, 'run', run]
  }

  /** What systemd does with the unit: starts the program, and again after each failure. Each start has one of the faults. */
  async unit(run = this.run, writeFaults: readonly WriteFault[] = []): Promise<void> {
    const most = 8
    for (let start = 0; start < most; start += 1) {
      const { code } = await this.execute(this.program(run, writeFaults[start]))
      // systemd waits longer than that before it starts the unit again.
      await this.programs.stateIsBack
      if (code === 0) return
    }
    throw new Error(`the program failed ${most} times:\n${this.journalText(run)}`)
  }

  /** Prepares and carries out a whole run, and releases its lock. */
  async whole(parts: Partial<WindowPlan> = {}, run = this.run): Promise<void> {
    await this.prepare(parts, run)
    await this.window.commit(run)
    await this.unit(run)
    await this.window.unlock(run)
  }

  journalText(run = this.run): string {
    const path = `${this.state}/journal/${run}`
    return existsSync(path) ? readFileSync(path, 'utf8') : ''
  }

  journal(run = this.run): readonly JournalEntry[] {
    return parseJournal(this.journalText(run))
  }

  outcome(run = this.run): Outcome | undefined {
    return outcomeOf(this.journal(run))
  }

  /** Who authenticates users, by the files and by what runs. */
  get served(): 'built-in' | 'live' | 'broken' {
    const { units, companionTarget, workerAddress } = this.world
    const files = [this.homeserver, this.labels].map(path => readFileSync(path, 'utf8').trim()).join()
    if (existsSync(`${this.state}/hold`) || !units['matrix-synapse'] || !units['worker-a']) return 'broken'
    if (companionTarget !== workerAddress) return 'broken'
    if (files === 'live,live' && units.mas) return 'live'
    return files === 'built-in,prepared' ? 'built-in' : 'broken'
  }

  /** The same, where MAS has what belongs to it: all accounts, or none. */
  get settled(): 'built-in' | 'live' | 'broken' {
    const { masUsers } = this.world
    return masUsers === (this.served === 'live' ? 10 : 0) ? this.served : 'broken'
  }

  /** What must not be left when nothing runs. */
  get leftovers(): string[] {
    const files = [this.folder, `${this.state}/reserve`].flatMap(folder =>
      readdirSync(folder).filter(name => name.startsWith('.') || name.endsWith('.auth-actions')),
    )
    const accounts = Object.entries(this.world.accounts).filter(
      ([name, { active }]) => active && name !== 'auth-actions-bob',
    )
    return [
      ...readdirSync(this.systemd, { recursive: true, encoding: 'utf8' }).filter(name => name !== wants),
      ...files,
      ...accounts.map(([name]) => name),
      ...this.world.failed,
      ...(existsSync(`${this.state}/hold`) ? ['hold'] : []),
      ...(this.world.container ? ['container'] : []),
    ]
  }
}

/** A test with a sandbox of its own. Most of its time is waiting, so the tests of a file run at once. */
export const test = base.extend('box', async ({ onTestFinished }) => {
  const box = await Sandbox.create()
  onTestFinished(() => box.remove())
  return box
})
