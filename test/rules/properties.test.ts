import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memoryFiles } from '../../scripts/memory-files.ts'
import { exampleVarsFile, filesOf } from '../../scripts/rule-examples.ts'
import { applySuggestion } from '../../src/domain/suggestion.ts'
import { oidcProvidersVariable } from '../../src/domain/variables.ts'
import { readInventory } from '../../src/inventory/read-inventory.ts'
import { PlaybookVariables } from '../../src/playbook/variables.ts'
import { checkHosts } from '../../src/rules/check-hosts.ts'
import { exampleCheckout } from '../../src/rules/facts/example-checkout.ts'
import { providersVariable } from '../../src/rules/facts/providers.ts'
import { live, prepared } from '../../src/rules/kit/rule.ts'
import { keysAt } from '../../src/rules/providers/schema.ts'
import { rules } from '../../src/rules/registry.ts'

const secret = 'hunter2hunter2'

/** Every variable that an example of some rule names, so that each rule is met. */
const names = [
  ...new Set(JSON.stringify(rules.map(({ examples }) => examples)).match(/\bmatrix_[a-z0-9_]{4,}\b/g) ?? []),
].filter(name => name !== providersVariable && name !== oidcProvidersVariable)

const scalar = fc.oneof(
  fc.constantFrom(
    secret,
    '',
    'false',
    'bcrypt',
    'smtp',
    '/',
    '{{ x }}',
    '{% raw %}{{ user.x }}{% endraw %}',
    '{{ user.x }}',
  ),
  fc.constantFrom(`a: ${secret}\nb: [`, `secrets:\n  encryption: ${secret}\n`, `https://${secret}/`),
  fc.constantFrom(true, false, null, 0, 1, -1, 1e20, 12.5),
)
const value = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  {
    weight: 1,
    arbitrary: fc.dictionary(fc.constantFrom('a', 'version', 'secret', '__proto__', 'algorithm'), scalar),
  },
)
const claims = fc.dictionary(
  fc.constantFrom(...keysAt('/0/claims_imports'), 'other'),
  fc.oneof(scalar, fc.dictionary(fc.constantFrom('template', 'action', 'on_conflict', 'other'), scalar)),
)
const provider = fc.dictionary(
  fc.constantFrom(...keysAt('/0'), 'other'),
  fc.oneof({ weight: 5, arbitrary: scalar }, { weight: 1, arbitrary: claims }),
)
const synapseProvider = fc.record(
  { idp_id: fc.constantFrom('keycloak', null), issuer: scalar, client_id: scalar, client_secret: scalar },
  { requiredKeys: [] },
)
const vars = fc
  .record({
    stage: fc.constantFrom('', live, prepared),
    plain: fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 30 }),
    providers: fc.oneof(
      fc.array(fc.oneof({ weight: 9, arbitrary: provider }, scalar), { maxLength: 3 }),
      scalar,
    ),
    synapse: fc.array(synapseProvider, { maxLength: 3 }),
  })
  .map(({ stage, plain, providers, synapse }) => {
    const kept = Object.entries(plain).filter(([name]) => !stage.includes(`${name}:`))
    const all = [...kept, [providersVariable, providers], [oidcProvidersVariable, synapse]]
    return stage + all.map(([name, given]) => `${name}: ${JSON.stringify(given)}\n`).join('')
  })

const checkouts = [
  undefined,
  ...(['mas-cli', 'syn2mas-tool'] as const).map(dialect => ({
    dialect,
    traps: [],
    variables: new PlaybookVariables(memoryFiles(exampleCheckout.files ?? {})),
  })),
]

function repositoryOf(text: string) {
  const files = memoryFiles(filesOf(text))
  return { files, inventory: readInventory('inventory/hosts', files) }
}

function findingsOf(text: string, before: string, checkout: (typeof checkouts)[number]) {
  const repository = repositoryOf(text)
  return checkHosts({
    repository,
    hosts: repository.inventory.hosts,
    base: repositoryOf(before),
    visibility: 'public',
    ...(checkout && { checkout }),
  })
}

describe('for any vars', () => {
  test('no rule crashes, and none repeats a value that could be a secret', () => {
    fc.assert(
      fc.property(vars, vars, fc.constantFrom(...checkouts), (text, before, checkout) => {
        const findings = findingsOf(text, before, checkout)
        expect(JSON.stringify(findings)).not.toContain(secret)
        for (const { place } of findings) {
          if (place) expect(place.line).toBeLessThanOrEqual(text.split('\n').length)
        }
      }),
      { numRuns: 400 },
    )
  })

  test('an applied fix keeps the file valid for Ansible, and resolves its finding', () => {
    let applied = 0
    fc.assert(
      fc.property(vars, vars, fc.constantFrom(...checkouts), (text, before, checkout) => {
        for (const { id, message, suggestion } of findingsOf(text, before, checkout)) {
          if (suggestion?.place.file !== exampleVarsFile) continue
          applied += 1
          const fixed = applySuggestion(text, suggestion)
          expect(repositoryOf(fixed).inventory.problems).toEqual([])
          const left = findingsOf(fixed, before, checkout).filter(finding => finding.id === id)
          expect(left.map(finding => finding.message)).not.toContain(message)
        }
      }),
      { numRuns: 150 },
    )
    expect(applied).toBeGreaterThan(100)
  })
})
