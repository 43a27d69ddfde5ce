import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dialects } from '../../src/domain/stage.ts'
import { type Operator, operatorOf } from './lab-operator.ts'

const minutes = 60_000
const provider = 'matrix_synapse_ext_password_provider_shared_secret_auth_enabled: true\n'

describe.each(dialects)('a password provider that ends with the migration, in the dialect %s', dialect => {
  let operator: Operator
  beforeAll(async () => {
    operator = await operatorOf(dialect)
  }, 25 * minutes)
  afterAll(() => operator?.leave())

  it(
    'is gone after it, and back after a rollback',
    async () => {
      const { lab, begin, run } = operator
      const module = () =>
        lab.root('ls /matrix/synapse/ext; grep -l shared_secret /matrix/synapse/config/*.log.config')
      await begin('installed', 'prepared')
      await lab.setVars('prepared', provider)
      expect((await lab.ansible(['--tags=install-all,start'])).code).toBe(0)
      await lab.settle()
      const before = await module()
      expect(before.stdout).toMatch(/shared_secret_authenticator\.py\n.*log\.config/)

      await lab.setVars('live')
      const { report, error } = await run('migrate')
      expect(error?.describe()).toBeUndefined()
      expect(report).toMatchObject({ outcome: 'migrated' })
      expect((await module()).stdout).toBe('')

      const back = await run('rollback')
      expect(back.report).toMatchObject({ outcome: 'rolled-back' })
      expect(await module()).toEqual(before)
      expect(await operator.ownLogin()).toBe(200)
    },
    20 * minutes,
  )
})
