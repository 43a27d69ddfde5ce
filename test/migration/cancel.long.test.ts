import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dialects } from '../../src/domain/stage.ts'
import { verifyLedger, verifyUntouched } from '../lab/data/verify.ts'
import { type Operator, operatorOf } from './lab-operator.ts'
import { leftOfOurs } from './look-at-server.ts'

const minutes = 60_000
const notOk = (rows: readonly { readonly ok: boolean }[]) => rows.filter(row => !row.ok)

describe.each(dialects)('a cancelled job, in the dialect %s', dialect => {
  let operator: Operator
  beforeAll(async () => {
    operator = await operatorOf(dialect)
  }, 20 * minutes)
  afterAll(() => operator?.leave())

  it.each(['Take a backup', 'Repeat the rehearsal', 'Render the files'])(
    'before the window (%s …) leaves the server as it was, and a new one migrates',
    async line => {
      const { lab, run, lines } = operator
      const ledger = await operator.readyToMigrate()
      const cancelled = new AbortController()
      const running = run('migrate', cancelled.signal)
      while (!lines.some(each => each.startsWith(line))) await new Promise(resolve => setTimeout(resolve, 50))
      await new Promise(resolve => setTimeout(resolve, 1000))
      cancelled.abort()
      const { error, report } = await running
      expect([error?.reason, report?.outcome]).toEqual(['cancelled', 'abandoned'])
      await lab.settle()
      expect(await operator.ownLogin()).toBe(200)
      expect(await leftOfOurs(lab)).toBe('')
      expect(notOk(await verifyUntouched(ledger, lab.data))).toEqual([])
    },
    30 * minutes,
  )

  it(
    'in the window leaves the rest to the server, which migrates; resume has nothing to do',
    async () => {
      const { lab, run } = operator
      const ledger = await operator.readyToMigrate()
      const cancelled = new AbortController()
      const running = run('migrate', cancelled.signal)
      await Promise.race([operator.untilJournalSays('"event":"begin"', '"step":"syn2mas"'), running])
      cancelled.abort()
      const { error, report } = await running
      expect([error?.reason, report?.outcome]).toEqual(['outcome-unknown', 'unknown'])
      await operator.untilJournalHolds('"event":"closed"')
      await lab.settle()
      expect(notOk(await verifyLedger(ledger, lab.data))).toEqual([])
      expect((await run('resume')).plan.kind).toBe('nothing')
      expect(await leftOfOurs(lab)).toBe('')
    },
    30 * minutes,
  )
})
