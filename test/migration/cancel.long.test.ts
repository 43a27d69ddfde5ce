import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dialects } from '../../src/domain/stage.ts'
import { verifyUntouched, verifyUsers } from '../lab/data/verify.ts'
import { type Operator, operatorOf } from './lab-operator.ts'

const minutes = 60_000

describe.each(dialects)('a migration in the dialect %s', dialect => {
  let operator: Operator
  beforeAll(async () => {
    operator = await operatorOf(dialect)
  }, 20 * minutes)
  afterAll(() => operator?.leave())

  it(
    'that is cancelled while Synapse is down is taken back by the guard, and a new one goes through',
    async () => {
      const { lab, run } = operator
      const notOk = (rows: readonly { readonly ok: boolean }[]) => rows.filter(row => !row.ok)
      const ledger = await operator.readyToMigrate()
      const cancelled = new AbortController()
      const running = run('migrate', cancelled.signal)
      await operator.untilJournalSays('"step":"syn2mas"')
      cancelled.abort()
      const { error } = await running
      expect(error?.reason).toBe('cancelled')
      await operator.untilJournalSays('"event":"end"')
      expect(await operator.ownLogin()).toBe(200)
      expect(notOk(await verifyUntouched(ledger, lab.data))).toEqual([])

      const again = await run('migrate')
      expect(again.error?.describe()).toBeUndefined()
      expect(again.report?.outcome).toBe('migrated')
      expect(notOk(await verifyUsers(ledger, lab.data, {}))).toEqual([])
    },
    30 * minutes,
  )
})
