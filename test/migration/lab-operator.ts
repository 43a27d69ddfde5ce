/** An operator with a lab: runs the actions' functions on the repository. */

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { checkServers } from '../../src/actions/doctor/run.ts'
import { type MigrateResult, migrateServer } from '../../src/actions/migrate/run.ts'
import { Repository } from '../../src/actions/repository.ts'
import { runnerPort } from '../../src/actions/runner-port.ts'
import { type RehearsalOutcome, rehearseServers } from '../../src/actions/syn2mas-dry-run/run.ts'
import type { ServerInputs } from '../../src/actions/targets.ts'
import type { HealthReport } from '../../src/domain/reports.ts'
import type { ActualStage, Dialect } from '../../src/domain/stage.ts'
import type { Operation } from '../../src/migration/run/operate.ts'
import type { Ledger } from '../lab/data/ledger.ts'
import type { Lab, Vars } from '../lab/lab.ts'
import { labForTests } from '../lab/playbook/test-lab.ts'
import { runStep } from '../lab/runner/runner.ts'
import type { Step, StepResult } from '../lab/runner/step.ts'
import { labAgent } from '../server/lab-agent.ts'

export interface Operator {
  readonly lab: Lab
  /** The log lines of the last call. */
  readonly lines: readonly string[]
  /** Migrates without a receipt. `more`: other inputs. */
  run(
    operation: Operation,
    signal?: AbortSignal,
    more?: { readonly maxDowntime?: number },
  ): Promise<MigrateResult>
  /** The same with the built action in a separate process. */
  runBuilt(operation: Operation, how: Pick<Step, 'kill' | 'cancel' | 'onStart'>): Promise<StepResult>
  /** The built action `deploy`. */
  deployBuilt(): Promise<StepResult>
  rehearse(): Promise<RehearsalOutcome>
  doctor(): Promise<HealthReport>
  /** Resets the server to `stage` and the vars to `vars`. Returns the ledger of what must hold afterwards. */
  begin(stage: ActualStage, vars: Vars): Promise<Ledger>
  /** `installed`, and the vars that ask for the migration. */
  readyToMigrate(): Promise<Ledger>
  /** The HTTP status of Synapse's built-in login. */
  ownLogin(): Promise<number>
  leave(): void
}

/** `shared`: the lab, where it is not the one that the tests of the dialect share. */
export async function operatorOf(dialect: Dialect, shared?: Lab): Promise<Operator> {
  const lab = shared ?? (await labForTests(dialect))
  const agent = await labAgent(lab)
  const folder = mkdtempSync(join(tmpdir(), 'maa-operator-'))
  const repository = join(folder, 'repository')
  const path = process.env.PATH
  process.env.PATH = `${lab.ansibleBin}${delimiter}${path}`
  const environment = { SSH_AUTH_SOCK: agent.agentSocket }
  const lines: string[] = []
  const log = (line: string) => lines.push(line)
  const { signal } = new AbortController()
  // The checkout changes between runs, and a `Repository` reads each file once.
  const runtime = () => ({
    repository: new Repository(repository),
    environment,
    log,
    signal,
    port: runnerPort({}),
  })
  const checkOut = () => {
    cpSync(lab.inventoryDir, repository, { recursive: true })
    writeFileSync(join(repository, 'known_hosts'), agent.knownHosts)
    lines.length = 0
  }
  const begin: Operator['begin'] = async (stage, vars) => {
    await lab.reset(stage)
    await lab.settle()
    await lab.setVars(vars)
    return JSON.parse(readFileSync(lab.ledgerFile, 'utf8')) as Ledger
  }

  const runAction = (
    action: string,
    inputs: Readonly<Record<string, string>>,
    how: Pick<Step, 'kill' | 'cancel' | 'onStart'> = {},
  ) => {
    checkOut()
    return runStep({
      action,
      inputs: { 'playbook-path': lab.playbookDir, 'known-hosts': 'known_hosts', ...inputs },
      workspace: repository,
      temp: join(folder, 'runner'),
      env: environment,
      onLine: log,
      ...how,
    })
  }

  return {
    lab,
    lines,
    begin,
    run: (operation, abort = signal, more = {}) => {
      checkOut()
      const inputs = { ...migrateInputs(lab, operation), ...more }
      return migrateServer(inputs, { ...runtime(), signal: abort })
    },
    runBuilt: (operation, how) =>
      runAction('migrate', { 'require-receipt': 'false', 'confirm-lost-sessions': 'any', operation }, how),
    deployBuilt: () => runAction('deploy', {}),
    rehearse: () => {
      checkOut()
      return rehearseServers({ ...serverInputs(lab) }, runtime())
    },
    doctor: async () => {
      checkOut()
      const [report] = (await checkServers(serverInputs(lab), runtime())).hosts
      if (report === undefined) throw new Error('no host was checked')
      return report
    },
    readyToMigrate: () => begin('installed', 'live'),
    ownLogin: async () => (await fetch(`${lab.synapseUrl}/_matrix/client/v3/login`)).status,
    leave: () => {
      process.env.PATH = path
      agent.stop()
      rmSync(folder, { recursive: true })
    },
  }
}

/** Lines of vars.yml. As the playbook sets a server up by default: Traefik routes to Synapse itself, after its health check. */
export const withoutWorkers = 'matrix_synapse_workers_enabled: false\n'

/** The inputs of every action that needs the server. */
export function serverInputs(lab: Lab): ServerInputs {
  return {
    inventory: ['inventory/hosts'],
    playbookPath: lab.playbookDir,
    limit: undefined,
    knownHosts: 'known_hosts',
    playbookRepository: '',
    githubToken: undefined,
    sshPrivateKey: undefined,
    vaultPassword: undefined,
    extraVars: {},
    baseRef: undefined,
  }
}

function migrateInputs(lab: Lab, operation: Operation): Parameters<typeof migrateServer>[0] {
  return {
    ...serverInputs(lab),
    operation,
    expectedPlan: undefined,
    presentInventory: undefined,
    requireReceipt: false,
    receiptMaxAgeHours: 24,
    backup: 'auth',
    backupPath: undefined,
    backupMaxAgeHours: 24,
    keepBackups: 3,
    maxDowntime: undefined,
    confirmLostSessions: 'any',
    jsonPath: undefined,
  }
}
