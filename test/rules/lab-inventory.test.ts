import { describe, expect, test } from 'vitest'
import { validate } from '../../src/actions/validation/validate.ts'
import { dialects } from '../../src/domain/stage.ts'
import { memoryFiles } from '../../src/support/files.ts'
import { hostsText, inventoryHost, varsText } from '../lab/playbook/inventory/write.ts'

const stages = ['off', 'prepared', 'live'] as const
const cases = dialects.flatMap(dialect => stages.map(stage => [dialect, stage] as const))

describe('the inventory of the lab', () => {
  test.each(cases)('in the dialect %s is read as %s, and nothing is wrong with it', (dialect, stage) => {
    const options = { dialect, stage, address: '192.0.2.7' }
    const files = memoryFiles({
      'inventory/hosts': hostsText(options),
      [`inventory/host_vars/${inventoryHost}/vars.yml`]: varsText(options),
    })
    const { hosts, findings } = validate({ inventory: 'inventory/hosts', files })
    expect(findings).toEqual([])
    expect(hosts).toMatchObject([{ host: inventoryHost, stage }])
  })
})
