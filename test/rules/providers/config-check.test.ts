import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { memoryFiles } from '../../../scripts/memory-files.ts'
import { filesOf } from '../../../scripts/rule-examples.ts'
import { readInventory } from '../../../src/inventory/read-inventory.ts'
import { checkHosts } from '../../../src/rules/check-hosts.ts'
import { providersVariable } from '../../../src/rules/facts/providers.ts'
import { live } from '../../../src/rules/kit/rule.ts'

/**
 * Changes to a provider that is in order, each with whether `mas-cli config check` of v1.22.0 accepts the configuration
 * with it. `(absent)` takes a key away.
 */
const recorded = JSON.parse(
  readFileSync(join(import.meta.dirname, 'fixtures/config-check.json'), 'utf8'),
) as readonly (readonly [boolean, Readonly<Record<string, unknown>>])[]

const start = {
  id: '01HFVBY12TMNTYTBV8W921M5FA',
  client_id: 'mas',
  token_endpoint_auth_method: 'none',
  issuer: 'https://idp.example.test/',
}

function changed(change: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries({ ...start, ...change })
  return Object.fromEntries(entries.filter(([, value]) => value !== '(absent)'))
}

/** What MAS accepts when it starts, although no login can work with it: invalid addresses, lists for mappings, no claims. */
const stricter: readonly RegExp[] = [
  /"issuer":"x"/,
  /_alg":"x"/,
  /"client_id":""/,
  /"(?:claims_imports|subject|account_name|localpart|displayname|email|sign_in_with_apple)":\[\]/,
  /"discovery_mode":"disabled"/,
  /"scope":"x"/,
]

function errorsIn(provider: Readonly<Record<string, unknown>>): string[] {
  const files = memoryFiles(filesOf(`${live}${providersVariable}: ${JSON.stringify([provider])}\n`))
  const inventory = readInventory('inventory/hosts', files)
  return checkHosts({ repository: { files, inventory }, hosts: inventory.hosts })
    .filter(({ id, severity }) => id.startsWith('providers/') && severity === 'error')
    .filter(({ id }) => id !== 'providers/synapse-prefix')
    .map(({ id }) => id)
}

describe('the errors of upstream providers', () => {
  test.each(recorded.map(([accepted, change]) => [JSON.stringify(change), accepted, change] as const))(
    'with %s are there as MAS itself accepts it: %s',
    (text, accepted, change) => {
      const isStricter = accepted && stricter.some(pattern => pattern.test(text))
      expect(errorsIn(changed(change)).length === 0).toBe(accepted && !isStricter)
    },
  )

  test('are compared with hundreds of recorded answers of MAS', () => {
    expect(recorded.filter(([accepted]) => accepted).length).toBeGreaterThan(70)
    expect(recorded.filter(([accepted]) => !accepted).length).toBeGreaterThan(150)
  })
})
