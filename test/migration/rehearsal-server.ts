// A stand-in for a prepared server and its playbook, for rehearsals: it keeps databases, folders, units and the tag's result
// in memory. It has no shell and no SQL: it recognizes the few calls of a rehearsal.
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Dialect } from '../../src/domain/stage.ts'
import type { RehearsalPorts } from '../../src/migration/rehearsal/rehearse.ts'
import type { PlaybookOutcome } from '../../src/playbook/outcome.ts'
import type { HostRun } from '../../src/playbook/playbook.ts'
import { serverOver } from '../../src/server/server.ts'
import type { RunOptions, RunResult, ServerSession } from '../../src/server/session.ts'
import { noSshArguments } from '../playbook/fixtures.ts'
import { counts } from './facts.ts'

const masDatabase = 'matrix_authentication_service'
const masConfigFile = '/matrix/matrix-authentication-service/config/config.yaml'
const masConfig = `http: {public_base: 'https://matrix.example.test/auth/'}
database:
  uri: postgresql://${masDatabase}:secret-word@matrix-postgres/${masDatabase}
`
const homeserver = `server_name: example.test
database: {name: psycopg2, args: {user: synapse, database: synapse, host: matrix-postgres, password: other-word}}
`
const ok = (stdout = ''): RunResult => ({ code: 0, stdout, stderr: '' })

/** As the program on the server makes them (`hmacs` in window.py). */
function hmacs(texts: string): string {
  const hmac = (text: unknown) => createHmac('sha256', 'key of the server').update(String(text)).digest('hex')
  const entries = Object.entries(JSON.parse(texts)).map(([name, text]) => [name, hmac(text)])
  return JSON.stringify(Object.fromEntries(entries))
}

export class RehearsalServer implements ServerSession {
  readonly host = 'matrix.example.test'
  readonly dialect: Dialect
  readonly files = new Map<string, string>()
  readonly runs: HostRun[] = []
  databases = [masDatabase]
  folders: string[] = []
  /** Of systemd, which remove what a rehearsal leaves behind. */
  timers: string[] = []
  configSeen = ''
  masInstalled = true
  masUp = true
  masStarts = true
  masWasStopped = false
  delegating = false
  renamed = false
  masNames: string[] = []
  mayCreateDatabases = true
  mayDropDatabases = true
  playbook: 'runs' | 'throws' | 'nothing' = 'runs'
  syn2masImage = 'image:1'
  /** While the playbook runs. */
  onPlaybook: () => void = () => {}
  /** What Ansible evaluates; `undefined` if it cannot. Other variables are not defined. */
  evaluated: Readonly<Record<string, unknown>> = {}
  evaluationEnds = true
  #answers = [ok()]

  constructor(dialect: Dialect) {
    this.dialect = dialect
  }

  /** The result of the tag's syn2mas run. */
  says(code: number, stderr: string, stdout = ''): void {
    this.#answers = [{ code, stdout, stderr }]
  }

  /** In how many of the next calls the last lines of its output are missing. */
  cutsOutput(times: number): void {
    const [answer = ok()] = this.#answers
    const stderr = answer.stderr.split('\n').slice(0, -2).join('\n')
    this.#answers = [...Array.from({ length: times }, () => ({ ...answer, stderr })), answer]
  }

  async run(argv: readonly string[], { input = '' }: RunOptions = {}): Promise<RunResult> {
    const words = argv.join(' ')
    if (argv.at(-1) === 'hmac')
      return ok(
        hmacs(
          Buffer.from(input)
            .subarray(Number(argv.at(-2)))
            .toString(),
        ),
      )
    if (argv[0] === 'python3') return ok('{}')
    if (argv[0] === 'bash') return this.#script(argv[2] ?? '')
    if (argv[0] === 'systemd-run') {
      this.timers.push(`${argv.find(word => word.startsWith('--unit='))?.slice('--unit='.length)}.timer`)
      return ok()
    }
    if (words.includes('psql')) return this.#sql(argv.at(-1) ?? '', String(input))
    if (words.endsWith('.timer')) this.timers = this.timers.filter(timer => timer !== argv.at(-1))
    if (words.startsWith('systemctl start')) this.masUp = this.masStarts
    if (argv[0] === 'mkdir') this.folders.push(argv.at(-1) ?? '')
    if (argv[0] === 'rm') this.folders = this.folders.filter(folder => folder !== argv.at(-1))
    if (words.includes('curl')) return ok(this.masUp ? '200' : '000')
    return ok()
  }

  #script(text: string): RunResult {
    if (text.includes('mas_database='))
      return ok(`${[0, this.masNames.length, ...this.masNames].join('\n')}\n`)
    const unit = (name: string, up: boolean) =>
      `Id=${name}.service\nLoadState=loaded\nActiveState=${up ? 'active' : 'inactive'}\nUnitFileState=enabled\n`
    const mas = 'matrix-authentication-service'
    const running = ['matrix-synapse', 'matrix-postgres', ...(this.masUp ? [mas] : [])]
    const seen = {
      now: '1700000000',
      units: [unit('matrix-synapse', true), unit('matrix-postgres', true), unit(mas, this.masUp)].join('\n'),
      containers: running.map(name => `${name} localhost/${name}:1.0.0`).join('\n'),
      homeserver: homeserver + (this.delegating ? 'matrix_authentication_service: {enabled: true}\n' : ''),
      ...(this.masInstalled ? { 'mas-config': masConfig } : {}),
      'postgres-environment': 'yes',
    }
    const lines = Object.entries(seen).map(
      ([name, text]) => `${name}\t${Buffer.from(text).toString('base64')}`,
    )
    return ok(`${lines.join('\n')}\n`)
  }

  async readFile(path: string): Promise<string | undefined> {
    const own = path === masConfigFile ? masConfig : path.endsWith('homeserver.yaml') ? homeserver : undefined
    return own ?? this.files.get(path)
  }

  async writeFile(path: string, content: string): Promise<void> {
    this.files.set(path, content)
  }

  async close(): Promise<void> {}

  /** The playbook's tag, or the evaluation of variables. */
  readonly callPlaybook = async (run: HostRun): Promise<PlaybookOutcome> => {
    if (run.playbook !== undefined) return this.#evaluation(run.playbook)
    this.onPlaybook()
    this.runs.push(run)
    const [answer = ok()] = this.#answers
    if (this.#answers.length > 1) this.#answers.shift()
    const folder = String(
      run.vars?.extraVars?.matrix_authentication_service_config_path ?? masConfigFile.replace(/\/[^/]+$/, ''),
    )
    this.configSeen = this.files.get(`${folder}/config.yaml`) ?? masConfig
    if (this.dialect === 'syn2mas-tool') this.#stopMas()
    if (this.playbook === 'throws') throw new Error('the playbook failed')
    return {
      code: answer.code === 0 ? 0 : 2,
      results: this.playbook === 'nothing' ? [] : [this.#result(folder, answer)],
      stats: {},
      stderr: '',
      otherOutput: [],
      seconds: 13,
    }
  }

  #evaluation(playbook: string): PlaybookOutcome {
    const [play] = JSON.parse(readFileSync(playbook, 'utf8'))
    const tasks: { name: string }[] = play.pre_tasks.flatMap(({ rescue = [] }) => rescue)
    const results = tasks.map(({ name }) => {
      const isFailed = name in this.evaluated && this.evaluated[name] === undefined
      const message = `values of variables:${JSON.stringify({ [name]: { value: this.evaluated[name] } })}`
      return {
        kind: 'result' as const,
        status: isFailed ? ('failed' as const) : ('ok' as const),
        host: this.host,
        task: { name, path: `${playbook}:1` },
        action: 'ansible.builtin.debug',
        result: { message: isFailed ? 'it is undefined' : message, items: [], diffs: [] },
      }
    })
    return {
      code: this.evaluationEnds ? 0 : null,
      results,
      stats: {},
      stderr: '',
      otherOutput: [],
      seconds: 3,
    }
  }

  #result(folder: string, { code, stdout, stderr }: RunResult): PlaybookOutcome['results'][number] {
    const flag = this.dialect === 'mas-cli' ? '--dry-run' : '--dryRun'
    return {
      kind: 'result',
      status: code === 0 ? 'changed' : 'failed',
      host: this.host,
      task: { name: 'Perform syn2mas migration', path: 'x:1' },
      action: 'ansible.builtin.command',
      result: {
        rc: code ?? 1,
        stdout,
        stderr,
        command: [
          ...['docker', 'run', '--rm', '--name=matrix-authentication-service-syn2mas'],
          ...[
            '--mount',
            `type=bind,src=${folder}/config.yaml,dst=/config.yaml,ro`,
            this.syn2masImage,
            'migrate',
            flag,
          ],
        ],
        items: [],
        diffs: [],
      },
    }
  }

  #stopMas(): void {
    this.masUp = false
    this.masWasStopped = true
  }

  #sql(database: string, sql: string): RunResult {
    const made = /CREATE DATABASE "(\w+)"/.exec(sql)?.[1]
    if (made) {
      if (!this.mayCreateDatabases) return { code: 3, stdout: '', stderr: 'ERROR:  permission denied' }
      this.databases.push(made)
    }
    const dropped = /DROP DATABASE IF EXISTS "(\w+)"/.exec(sql)?.[1]
    if (dropped && !this.mayDropDatabases) return { code: 3, stdout: '', stderr: 'ERROR:  permission denied' }
    if (dropped) this.databases = this.databases.filter(name => name !== dropped)
    if (/LIKE 'matrix_auth_actions/.test(sql)) {
      return ok(this.databases.filter(name => name.startsWith('matrix_auth')).join('\n'))
    }
    if (/pg_tables/.test(sql)) {
      return ok(
        this.renamed ? 'syn2mas__users\n' : `users\n${JSON.stringify(counts(this.masNames.length))}\n`,
      )
    }
    if (/json_build_object/.test(sql)) {
      const users = database === 'synapse' ? 10 : this.masNames.length
      return ok(`${database === 'synapse' ? '12\n' : ''}${JSON.stringify(counts(users))}\n`)
    }
    return ok()
  }
}

/** A rehearsal on the stand-in, with a fixed clock that never waits. */
export function sideOf(server: RehearsalServer): RehearsalPorts {
  const { dialect } = server
  return {
    ...serverOver(server, dialect),
    clock: { now: () => new Date(1_700_000_000_000), sleep: async () => {} },
    log: { info: () => {}, warning: () => {} },
    decided: async () => [],
    accept: findings => findings,
    abort: new AbortController().signal,
    playbook: {
      run: server.callPlaybook,
      target: {
        inventory: '/inventory/hosts',
        host: server.host,
        extraVars: {},
        trust: { agentSocket: '/agent', knownHosts: '' },
        connection: { address: '192.0.2.7', port: 22, user: 'root', sshArguments: noSshArguments },
        checkout: {
          path: '/playbook',
          digest: 'd'.repeat(64),
          roles: [],
          dialect,
          capabilities: {
            syn2masTag: 'syn2mas',
            doctorTag: undefined,
            dryRunVariable: `matrix_authentication_service_syn2mas${dialect === 'mas-cli' ? '_migrate' : ''}_dry_run`,
            delegatesWhilePrepared: false,
            advertisingVariables: [],
            validatedVersion: undefined,
          },
        },
      },
    },
  }
}
