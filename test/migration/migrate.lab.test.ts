import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrateServer } from '../../src/actions/migration/migrate-server.ts'
import { dialects } from '../../src/domain/stage.ts'
import type { Operation, OperationResult } from '../../src/migration/operate.ts'
import type { Ledger } from '../lab/data/ledger.ts'
import { verifyLedger, verifyUntouched, verifyUsers } from '../lab/data/verify.ts'
import type { Lab } from '../lab/lab.ts'
import { labForTests } from '../lab/playbook/test-lab.ts'
import { type LabAgent, labAgent } from '../server/lab-agent.ts'

const minutes = 60_000

describe.each(dialects)('a migration in the dialect %s', dialect => {
  let lab: Lab
  let agent: LabAgent
  let folder: string
  let lines: string[]
  const path = process.env.PATH

  beforeAll(async () => {
    lab = await labForTests(dialect)
    agent = await labAgent(lab)
    folder = mkdtempSync(join(tmpdir(), 'maa-migrate-'))
    process.env.PATH = `${lab.ansibleBin}${delimiter}${path}`
  }, 20 * minutes)
  afterAll(() => {
    process.env.PATH = path
    agent?.stop()
    if (folder) rmSync(folder, { recursive: true })
  })

  /** The action's one call, on the operator's repository as it is now; nobody rehearsed before. */
  function run(operation: Operation, signal = new AbortController().signal): Promise<OperationResult> {
    cpSync(lab.inventoryDir, folder, { recursive: true })
    writeFileSync(join(folder, 'known_hosts'), agent.knownHosts)
    lines = []
    return migrateServer(
      {
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
      },
      {
        root: folder,
        environment: { SSH_AUTH_SOCK: agent.agentSocket },
        signal,
        log: line => lines.push(line),
      },
    )
  }

  async function readyToMigrate(): Promise<Ledger> {
    await lab.reset('installed')
    await lab.settle()
    await lab.setVars('live')
    return JSON.parse(readFileSync(lab.ledgerFile, 'utf8'))
  }

  const ownLogin = async () => (await fetch(`${lab.synapseUrl}/_matrix/client/v3/login`)).status
  const notOk = (rows: readonly { readonly ok: boolean }[]) => rows.filter(row => !row.ok)

  it(
    'carries every account and session over, and back again',
    async () => {
      const ledger = await readyToMigrate()
      const { report, error } = await run('migrate')
      expect(error?.describe()).toBeUndefined()
      expect(report?.outcome).toBe('migrated')
      expect(report?.proofs.filter(proof => proof.result === 'fails')).toEqual([])
      expect(notOk(await verifyLedger(ledger, lab.data))).toEqual([])
      const left = await lab.root('ls /etc/systemd/system | grep -c auth-actions; ls /matrix/auth-actions')
      expect(left.stdout).toMatch(/^0\n/)
      expect(left.stdout).not.toContain('hold')

      const back = await run('rollback')
      expect(back.error?.describe()).toBeUndefined()
      expect(back.report).toMatchObject({ outcome: 'rolled-back', lost: { accounts: 0 } })
      expect(await ownLogin()).toBe(200)
      expect(notOk(await verifyUntouched(ledger, lab.data))).toEqual([])
      expect(await lab.sql('matrix_authentication_service', 'SELECT count(*) FROM users')).toEqual([['0']])
    },
    30 * minutes,
  )

  it(
    'that is cancelled while Synapse is down is taken back by the guard, and resumed to its end',
    async () => {
      const ledger = await readyToMigrate()
      const cancelled = new AbortController()
      const running = run('migrate', cancelled.signal)
      await untilJournalSays('"step":"syn2mas"')
      cancelled.abort()
      const { error } = await running
      expect(error?.reason).toBe('cancelled')
      await untilJournalSays('"event":"end"')
      expect(await ownLogin()).toBe(200)
      expect(notOk(await verifyUntouched(ledger, lab.data))).toEqual([])

      const again = await run('migrate')
      expect(again.error?.describe()).toBeUndefined()
      expect(again.report?.outcome).toBe('migrated')
      expect(notOk(await verifyUsers(ledger, lab.data, {}))).toEqual([])
    },
    30 * minutes,
  )

  async function untilJournalSays(text: string): Promise<void> {
    for (let turn = 0; turn < 600; turn += 1) {
      const { stdout } = await lab.root('cat /matrix/auth-actions/journal.jsonl 2>/dev/null || true')
      if (stdout.includes(text)) return
      await new Promise(resolve => setTimeout(resolve, 1000))
    }
    throw new Error(`the journal never said ${text}; the log was:\n${lines.join('\n')}`)
  }
})
