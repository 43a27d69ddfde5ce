import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { memoryFiles } from '../../scripts/memory-files.ts'
import { readInputs } from '../../src/actions/inputs.ts'
import { Repository } from '../../src/actions/repository.ts'
import { validationInputs } from '../../src/actions/validate-config/inputs.ts'
import { validate } from '../../src/actions/validate-config/run.ts'
import { validationSources } from '../../src/actions/validate-config/sources.ts'
import type { Finding } from '../../src/domain/finding.ts'
import { type Dialect, dialects } from '../../src/domain/stage.ts'
import { hostsText, inventoryHost, varsText, type WantedStage } from '../lab/playbook/inventory/write.ts'
import { projectRoot } from '../lab/runner/runner.ts'

const stages = ['off', 'prepared', 'live'] as const
const cases = dialects.flatMap(dialect => stages.map(stage => [dialect, stage] as const))
const steps = [
  ['off', 'prepared'],
  ['prepared', 'live'],
] as const

function filesAt(dialect: Dialect, stage: WantedStage) {
  const options = { dialect, stage, address: '192.0.2.7' }
  return memoryFiles({
    'inventory/hosts': hostsText(options),
    [`inventory/host_vars/${inventoryHost}/vars.yml`]: varsText(options),
  })
}

async function playbookOf(dialect: Dialect) {
  const given = { 'playbook-path': join('test/lab/playbook', dialect), inventory: 'package.json' }
  const inputs = readInputs(validationInputs, name =>
    name in given ? given[name as keyof typeof given] : undefined,
  )
  const { playbook } = await validationSources(inputs, new Repository(projectRoot))
  return playbook ? { playbook } : {}
}

/** What is true of the lab, and harmless there: schemes as the playbook has them, a setting of Synapse that no MAS of 2024 knows. */
const known = ['mas/password-unicode-default', 'providers/synapse-settings-end', 'providers/redirect-uri']
const unknown = (findings: readonly Finding[]) => findings.filter(({ id }) => !known.includes(id))

describe('the inventory of the lab', () => {
  test.each(cases)('in the dialect %s has the stage %s and no findings', (dialect, stage) => {
    const { hosts, findings } = validate({ inventory: 'inventory/hosts', files: filesAt(dialect, stage) })
    expect(unknown(findings).map(({ id }) => id)).toEqual(['playbook/not-compared'])
    expect(hosts).toMatchObject([{ host: inventoryHost, stage }])
  })

  test.each(cases)(
    'in the dialect %s and %s has nothing that its playbook does not know',
    async (dialect, stage) => {
      const files = filesAt(dialect, stage)
      const { findings } = validate({ inventory: 'inventory/hosts', files, ...(await playbookOf(dialect)) })
      expect(unknown(findings)).toEqual([])
    },
  )

  test.each(dialects.flatMap(dialect => steps.map(step => [dialect, ...step] as const)))(
    'in the dialect %s goes from %s to %s with nothing but what to know',
    (dialect, before, stage) => {
      const [files, base] = [filesAt(dialect, stage), filesAt(dialect, before)]
      const { findings } = validate({ inventory: 'inventory/hosts', files, base })
      expect(unknown(findings).filter(({ severity }) => severity !== 'notice')).toEqual([])
    },
  )
})
