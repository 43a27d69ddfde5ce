import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { latestRun, parseJournal } from '../../src/domain/journal.ts'
import { dialects } from '../../src/domain/stage.ts'
import type { Operation } from '../../src/migration/run/operate.ts'
import type { StepName } from '../../src/migration/run/steps.ts'
import type { Ledger } from '../lab/data/ledger.ts'
import { verifyLedger, verifyUntouched, verifyUsers } from '../lab/data/verify.ts'
import { type Operator, operatorOf } from './lab-operator.ts'
import { leftOfOurs } from './look-at-server.ts'

const minutes = 60_000
const notOk = (rows: readonly { readonly ok: boolean }[]) => rows.filter(row => !row.ok)

/** The steps during which Synapse is down, or not proven yet. */
const withoutSynapse: readonly StepName[] = ['stop', 'syn2mas', 'switch-over', 'prove']

describe.each(dialects)('a killed runner, in the dialect %s', dialect => {
  let operator: Operator
  let ledger: Ledger
  beforeAll(async () => {
    operator = await operatorOf(dialect)
    ledger = await operator.readyToMigrate()
  }, 20 * minutes)
  afterAll(() => operator?.leave())

  /** Runs the built action, kills it when the journal has a line with these texts, and returns the last entry of its run. */
  async function dieAt(operation: Operation, ...says: readonly string[]) {
    const death = new AbortController()
    const running = operator.runBuilt(operation, death.signal)
    await Promise.race([operator.untilJournalSays(...says), running])
    death.abort()
    expect((await running).code, operator.lines.join('\n')).toBe(null)
    const { stdout } = await operator.lab.root('cat /matrix/auth-actions/journal.jsonl')
    return latestRun(parseJournal(stdout).entries).at(-1)
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

  it.each(withoutSynapse)(
    'in the step %s: the guard rolls back, and users keep everything they had',
    async step => {
      const last = await dieAt('migrate', '"event":"step-begin"', `"step":"${step}"`)
      expect(last).toMatchObject({ event: 'step-begin', step })
      await operator.untilJournalSays('"event":"end"', '"outcome":"rolled-back"')
      await expectAsBefore()
    },
    15 * minutes,
  )

  it(
    'before anything is stopped: nothing changes for users, and resume migrates',
    async () => {
      await dieAt('migrate', '"event":"step-begin"', '"step":"canary"')
      expect(await operator.ownLogin()).toBe(200)
      await untilLeaseIsOver()
      const { plan, report, error } = await operator.run('resume')
      expect(error?.describe()).toBeUndefined()
      expect(plan.kind).toBe('resume')
      expect(report).toMatchObject({ outcome: 'migrated' })
      expect(await leftOfOurs(operator.lab)).toBe('')
      expect(notOk(await verifyLedger(ledger, operator.lab.data))).toEqual([])
    },
    15 * minutes,
  )

  it(
    'once the migration is proven: nothing is rolled back, and resume finishes',
    async () => {
      ledger = await operator.readyToMigrate()
      await dieAt('migrate', '"event":"proven"')
      await untilLeaseIsOver()
      const { plan, report, error } = await operator.run('resume')
      expect(error?.describe()).toBeUndefined()
      expect(plan.kind).toBe('resume')
      expect(report).toMatchObject({ outcome: 'migrated' })
      expect(report?.proofs.filter(proof => proof.result === 'fails')).toEqual([])
      expect(await leftOfOurs(operator.lab)).toBe('')
      expect(notOk(await verifyLedger(ledger, operator.lab.data))).toEqual([])
    },
    15 * minutes,
  )

  it(
    'in the middle of a rollback: the guard completes it',
    async () => {
      const last = await dieAt('rollback', '"event":"step-begin"', '"step":"switch-back"')
      expect(last).toMatchObject({ event: 'step-begin', step: 'switch-back' })
      await operator.untilJournalSays('"event":"end"', '"outcome":"rolled-back"')
      await operator.lab.settle()
      expect(await operator.ownLogin()).toBe(200)
      expect(await leftOfOurs(operator.lab)).toBe('')
      expect(notOk(await verifyUntouched(ledger, operator.lab.data))).toEqual([])
    },
    15 * minutes,
  )

  /** Until then no other run may do anything. */
  async function untilLeaseIsOver(): Promise<void> {
    expect(await operator.run('resume').catch(error => ({ error }))).toMatchObject({
      error: { reason: 'lock-held' },
    })
    await new Promise(resolve => setTimeout(resolve, 50_000))
  }
})
