import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outcomeOf, parseJournal } from '../../src/domain/journal.ts'
import { dialects } from '../../src/domain/stage.ts'
import type { Operation } from '../../src/migration/run/operate.ts'
import type { Ledger } from '../lab/data/ledger.ts'
import { verifyLedger, verifyUntouched, verifyUsers } from '../lab/data/verify.ts'
import { type Operator, operatorOf } from './lab-operator.ts'
import { leftOfOurs } from './look-at-server.ts'

const minutes = 60_000
const notOk = (rows: readonly { readonly ok: boolean }[]) => rows.filter(row => !row.ok)
const program = "systemctl kill --kill-who=main --signal=SIGKILL 'matrix-auth-actions@*'"

describe.each(dialects)('a death in the window, in the dialect %s', dialect => {
  let operator: Operator
  let ledger: Ledger
  beforeAll(async () => {
    operator = await operatorOf(dialect)
  }, 20 * minutes)
  afterAll(() => operator?.leave())

  /** Runs the built action, and does something when the journal has a line with these texts. */
  async function when(operation: Operation, says: readonly string[], act: () => Promise<unknown>) {
    const death = new AbortController()
    const running = operator.runBuilt(operation, { kill: death.signal })
    await Promise.race([operator.untilJournalSays(...says), running])
    await act()
    return { running, death }
  }

  async function outcome(): Promise<string | undefined> {
    await operator.untilJournalSays('"event":"closed"')
    const { stdout } = await operator.lab.root(
      'cat "$(ls -t /var/lib/matrix-auth-actions/journal/* | head -n 1)"',
    )
    return outcomeOf(parseJournal(stdout))
  }

  async function expectAsBefore(): Promise<void> {
    const { lab } = operator
    await lab.settle()
    expect(await operator.ownLogin()).toBe(200)
    expect(await leftOfOurs(lab)).toBe('')
    expect(notOk(await verifyUntouched(ledger, lab.data))).toEqual([])
    expect(notOk(await verifyUsers(ledger, lab.data, { migrated: false }))).toEqual([])
    expect(await lab.sql('matrix_authentication_service', 'SELECT count(*) FROM users')).toEqual([['0']])
  }

  it.each(['stop', 'syn2mas', 'files', 'prove'])(
    'the program is killed in the step %s: the server restores, and the runner reports it',
    async step => {
      ledger = await operator.readyToMigrate()
      const { running } = await when('migrate', ['"event":"begin"', `"step":"${step}"`], () =>
        operator.lab.root(program),
      )
      const { outputs } = await running
      expect(outputs).toMatchObject({ outcome: 'restored', 'failure-reason': 'restored' })
      await expectAsBefore()
    },
    15 * minutes,
  )

  it(
    'the runner is killed: the server finishes the migration alone',
    async () => {
      ledger = await operator.readyToMigrate()
      const { running, death } = await when('migrate', ['"event":"begin"', '"step":"stop"'], async () => {})
      death.abort()
      await running
      expect(await outcome()).toBe('migrated')
      await operator.lab.settle()
      expect(await leftOfOurs(operator.lab)).toContain('"owner"')
      expect(notOk(await verifyLedger(ledger, operator.lab.data))).toEqual([])
    },
    15 * minutes,
  )

  it(
    'PostgreSQL is stopped while the server restores: it waits, and users get everything back',
    async () => {
      ledger = await operator.readyToMigrate()
      const { lab } = operator
      const { running } = await when('migrate', ['"event":"begin"', '"step":"syn2mas"'], async () => {
        await lab.root(`systemctl stop --no-block matrix-postgres; ${program}`)
      })
      await new Promise(resolve => setTimeout(resolve, 20_000))
      await lab.root('systemctl start matrix-postgres')
      expect((await running).outputs).toMatchObject({ outcome: 'restored' })
      await expectAsBefore()
    },
    15 * minutes,
  )

  it(
    'the server restarts in the window: the next boot restores',
    async () => {
      ledger = await operator.readyToMigrate()
      const { running } = await when('migrate', ['"event":"begin"', '"step":"syn2mas"'], () =>
        operator.lab.reboot(),
      )
      expect((await running).outputs).toMatchObject({ outcome: 'restored' })
      await expectAsBefore()
    },
    15 * minutes,
  )
})
