import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dialects } from '../../src/domain/stage.ts'
import { verifyLedger, verifyUntouched } from '../lab/data/verify.ts'
import { type Operator, operatorOf } from './lab-operator.ts'

const minutes = 60_000

describe.each(dialects)('a migration in the dialect %s', dialect => {
  let operator: Operator
  beforeAll(async () => {
    operator = await operatorOf(dialect)
  }, 20 * minutes)
  afterAll(() => operator?.leave())

  it(
    'carries every account and session over, and back again',
    async () => {
      const { lab, run } = operator
      const notOk = (rows: readonly { readonly ok: boolean }[]) => rows.filter(row => !row.ok)
      const ledger = await operator.readyToMigrate()
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
      expect(await operator.ownLogin()).toBe(200)
      expect(notOk(await verifyUntouched(ledger, lab.data))).toEqual([])
      expect(await lab.sql('matrix_authentication_service', 'SELECT count(*) FROM users')).toEqual([['0']])
    },
    30 * minutes,
  )
})
