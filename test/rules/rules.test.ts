import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { desiredStage } from '../../src/inventory/desired-stage.ts'
import { readInventory } from '../../src/inventory/read-inventory.ts'
import { rules } from '../../src/rules/registry.ts'
import { applies, type Example, type Rule } from '../../src/rules/rule.ts'
import { memoryFiles } from '../../src/support/files.ts'

const varsFile = 'inventory/host_vars/matrix.example.test/vars.yml'

function offencesIn(rule: Rule, example: Example) {
  const { vars, files = {}, checkout } = typeof example === 'string' ? { vars: example } : example
  const repository = memoryFiles({
    'inventory/hosts': '[matrix_servers]\nmatrix.example.test ansible_host=192.0.2.7\n',
    [varsFile]: vars,
    ...files,
  })
  const inventory = readInventory('inventory/hosts', repository)
  expect(inventory.problems).toEqual([])
  return inventory.hosts.flatMap(host => {
    const context = { host, stage: desiredStage(host), checkout }
    return applies(rule, context) ? rule.check(context) : []
  })
}

const cases = (kind: 'wrong' | 'right') =>
  rules.flatMap(rule => rule.examples[kind].map((example, index) => [rule.id, index, rule, example] as const))

describe('each rule', () => {
  test.each(cases('wrong'))('%s finds its wrong example %d', (_, __, rule, example) => {
    const offences = offencesIn(rule, example)
    expect(offences).not.toEqual([])
    for (const { message, place } of offences) {
      expect(message).not.toContain('\n')
      if (place) expect(place.line).toBeGreaterThan(0)
    }
  })

  test.each(cases('right'))('%s finds nothing in its right example %d', (_, __, rule, example) => {
    expect(offencesIn(rule, example)).toEqual([])
  })

  test.each(rules.map(rule => [rule.id, rule] as const))(
    '%s says why, what to do, and has examples',
    (id, rule) => {
      expect(id).toMatch(/^[a-z]+\/[a-z0-9-]+$/)
      expect(rule.why).toMatch(/^[A-Z].*\.$/)
      expect(rule.remedy).toMatch(/^[A-Z`].*\.$/)
      expect(rule.examples.wrong.length).toBeGreaterThan(0)
      expect(rule.examples.right.length).toBeGreaterThan(0)
    },
  )

  test('has an id of its own', () => {
    expect(new Set(rules.map(rule => rule.id)).size).toBe(rules.length)
  })

  test('never repeats a value of the inventory', () => {
    const secret = 'hunter2hunter2'
    for (const [, , rule, example] of cases('wrong')) {
      if (typeof example !== 'string') continue
      const vars = example
        .replaceAll('invented', secret)
        .replaceAll('too-short', secret)
        .replaceAll('basic', secret)
      expect(JSON.stringify(offencesIn(rule, vars))).not.toContain(secret)
    }
  })
})

describe('the schema of upstream providers', () => {
  test('can be given to an editor: it is JSON with an id and a description', () => {
    const schema = JSON.parse(readFileSync('schemas/upstream-provider.schema.json', 'utf8'))
    expect(schema).toMatchObject({ $id: expect.stringContaining('upstream-provider'), type: 'array' })
  })
})
