import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dialects } from '../../src/domain/stage.ts'
import { verifyLedger, verifyUntouched, verifyUsers } from '../lab/data/verify.ts'
import { type Operator, operatorOf } from './lab-operator.ts'
import { leftOfOurs } from './look-at-server.ts'

const minutes = 60_000
const notOk = (rows: readonly { readonly ok: boolean }[]) => rows.filter(row => !row.ok)

describe.each(dialects)('a server on which somebody else’s syn2mas died, in the dialect %s', dialect => {
  let operator: Operator
  beforeAll(async () => {
    operator = await operatorOf(dialect)
  }, 20 * minutes)
  afterAll(() => operator?.leave())

  it(
    'is repaired by rollback while users continue, and can be rehearsed on again',
    async () => {
      const { lab } = operator
      const ledger = await operator.begin('partial', 'prepared')
      const starts = () => lab.root('systemctl show -p ActiveEnterTimestamp matrix-synapse')
      const before = await starts()
      const { plan, report, error } = await operator.run('rollback')
      expect(error?.describe()).toBeUndefined()
      expect(plan.kind).toBe('repair')
      expect(report).toMatchObject({ outcome: 'rolled-back' })
      expect(await starts()).toEqual(before)
      await lab.settle()
      expect(await leftOfOurs(lab)).toBe('')
      expect(await operator.doctor()).toMatchObject({ stage: 'installed', healthy: true })
      expect(notOk(await verifyUntouched(ledger, lab.data))).toEqual([])
      expect(notOk(await verifyUsers(ledger, lab.data, { migrated: false }))).toEqual([])
      expect((await operator.rehearse()).error).toBeUndefined()
    },
    15 * minutes,
  )

  it(
    'has nothing to resume, because no migration of this toolkit is unfinished',
    async () => {
      await operator.begin('partial', 'live')
      const { plan, report } = await operator.run('resume')
      expect(plan.kind).toBe('nothing')
      expect(report).toBeUndefined()
      expect(await operator.ownLogin()).toBe(200)
    },
    15 * minutes,
  )

  it(
    'is repaired and then migrated where a migration is requested',
    async () => {
      const { lab } = operator
      const ledger = await operator.begin('partial', 'live')
      const { plan, report, error } = await operator.run('migrate')
      expect(error?.describe()).toBeUndefined()
      expect(plan.kind).toBe('repair')
      expect(report).toMatchObject({ operation: 'migrate', outcome: 'migrated' })
      expect(await leftOfOurs(lab)).toBe('')
      expect(notOk(await verifyLedger(ledger, lab.data))).toEqual([])
    },
    15 * minutes,
  )
})
