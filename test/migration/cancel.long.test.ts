import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dialects } from '../../src/domain/stage.ts'
import { verifyLedger, verifyUntouched } from '../lab/data/verify.ts'
import { type Operator, operatorOf } from './lab-operator.ts'
import { leftOfOurs } from './look-at-server.ts'

const minutes = 60_000

describe.each(dialects)('a migration in the dialect %s', dialect => {
  let operator: Operator
  beforeAll(async () => {
    operator = await operatorOf(dialect)
  }, 20 * minutes)
  afterAll(() => operator?.leave())

  it(
    'that is cancelled while Synapse is down is rolled back by the guard, and a new one succeeds',
    async () => {
      const { lab, run } = operator
      const notOk = (rows: readonly { readonly ok: boolean }[]) => rows.filter(row => !row.ok)
      const ledger = await operator.readyToMigrate()
      const cancelled = new AbortController()
      const running = run('migrate', cancelled.signal)
      await Promise.race([operator.untilJournalSays('"event":"step-begin"', '"step":"syn2mas"'), running])
      cancelled.abort()
      const { error, report } = await running
      expect(error?.reason).toBe('cancelled')
      await operator.untilJournalHolds('"event":"end"', `"run":"${report?.run}"`)
      expect(await operator.ownLogin()).toBe(200)
      expect(notOk(await verifyUntouched(ledger, lab.data))).toEqual([])

      const again = await run('migrate')
      expect(again.error?.describe()).toBeUndefined()
      expect(again.report?.outcome).toBe('migrated')
      expect(await leftOfOurs(lab)).toBe('')
      expect(notOk(await verifyLedger(ledger, lab.data))).toEqual([])
    },
    30 * minutes,
  )
})
