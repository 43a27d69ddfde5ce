/** An operator with a lab of the tests: runs the action's one call on the repository as it is, nobody having rehearsed before. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { migrateServer } from '../../src/actions/migration/migrate-server.ts'
import type { Dialect } from '../../src/domain/stage.ts'
import type { Operation, OperationResult } from '../../src/migration/operate.ts'
import type { Ledger } from '../lab/data/ledger.ts'
import type { Lab } from '../lab/lab.ts'
import { labForTests } from '../lab/playbook/test-lab.ts'
import { labAgent } from '../server/lab-agent.ts'

export interface Operator {
  readonly lab: Lab
  run(operation: Operation, signal?: AbortSignal): Promise<OperationResult>
  /** Puts the server to `installed` and the vars to live; the ledger of what must be true afterwards. */
  readyToMigrate(): Promise<Ledger>
  /** What Synapse's own login answers to a user. */
  ownLogin(): Promise<number>
  untilJournalSays(text: string): Promise<void>
  leave(): void
}

export async function operatorOf(dialect: Dialect): Promise<Operator> {
  const lab = await labForTests(dialect)
  const agent = await labAgent(lab)
  const folder = mkdtempSync(join(tmpdir(), 'maa-migrate-'))
  const path = process.env.PATH
  process.env.PATH = `${lab.ansibleBin}${delimiter}${path}`
  let lines: string[] = []

  return {
    lab,
    run: (operation, signal = new AbortController().signal) => {
      cpSync(lab.inventoryDir, folder, { recursive: true })
      writeFileSync(join(folder, 'known_hosts'), agent.knownHosts)
      lines = []
      const environment = { SSH_AUTH_SOCK: agent.agentSocket }
      const around = { root: folder, environment, signal, log: (line: string) => lines.push(line) }
      return migrateServer(inputs(lab, operation), around)
    },
    readyToMigrate: async () => {
      await lab.reset('installed')
      await lab.settle()
      await lab.setVars('live')
      return JSON.parse(readFileSync(lab.ledgerFile, 'utf8')) as Ledger
    },
    ownLogin: async () => (await fetch(`${lab.synapseUrl}/_matrix/client/v3/login`)).status,
    untilJournalSays: async text => {
      for (let turn = 0; turn < 600; turn += 1) {
        const { stdout } = await lab.root('cat /matrix/auth-actions/journal.jsonl 2>/dev/null || true')
        if (stdout.includes(text)) return
        await new Promise(resolve => setTimeout(resolve, 1000))
      }
      throw new Error(`the journal never said ${text}; the log was:\n${lines.join('\n')}`)
    },
    leave: () => {
      process.env.PATH = path
      agent.stop()
      rmSync(folder, { recursive: true })
    },
  }
}

function inputs(lab: Lab, operation: Operation): Parameters<typeof migrateServer>[0] {
  return {
    inventory: 'inventory/hosts',
    playbookPath: lab.playbookDir,
    limit: undefined,
    knownHosts: 'known_hosts',
    vaultPassword: undefined,
    extraVars: {},
    baseRef: undefined,
    maxHosts: 1,
    operation,
    presentInventory: undefined,
    requireReceipt: false,
    receiptMaxAgeHours: 24,
    allowInPlace: false,
    backup: 'auth',
    backupPath: undefined,
    backupMaxAgeHours: 24,
  }
}
