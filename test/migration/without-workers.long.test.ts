import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dialects } from '../../src/domain/stage.ts'
import { verifyLedger, verifyUntouched } from '../lab/data/verify.ts'
import type { World } from '../lab/data/world.ts'
import { labUp } from '../lab/lab.ts'
import { type Operator, operatorOf, withoutWorkers } from './lab-operator.ts'
import { leftOfOurs } from './look-at-server.ts'

const minutes = 60_000

describe.each(dialects)('a server without workers, in the dialect %s', dialect => {
  let operator: Operator
  let data: World
  beforeAll(async () => {
    const name = `${process.env.LAB_NAME ?? 'test'}-alone`
    const lab = await labUp({
      name,
      dialect,
      users: 200,
      extraVars: withoutWorkers,
    })
    operator = await operatorOf(dialect, lab)
    data = {
      ...lab.data,
      http: request => lab.data.http(request.to === 'worker' ? { ...request, to: 'synapse' } : request),
    }
  }, 25 * minutes)
  afterAll(() => operator?.leave())

  it(
    'is migrated with all accounts and sessions, and rolled back',
    async () => {
      const ledger = await operator.readyToMigrate()
      const { report, error } = await operator.run('migrate')
      expect(error?.describe()).toBeUndefined()
      expect(report).toMatchObject({ outcome: 'migrated' })
      expect((await verifyLedger(ledger, data)).filter(row => !row.ok)).toEqual([])
      expect(await leftOfOurs(operator.lab)).toBe('')

      const back = await operator.run('rollback')
      expect(back.error?.describe()).toBeUndefined()
      expect(back.report).toMatchObject({ outcome: 'rolled-back' })
      expect(await operator.ownLogin()).toBe(200)
      expect((await verifyUntouched(ledger, data)).filter(row => !row.ok)).toEqual([])
    },
    20 * minutes,
  )
})
