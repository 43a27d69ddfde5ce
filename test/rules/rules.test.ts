import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { askAbout, filesOf, situationOf } from '../../scripts/rule-examples.ts'
import { pageOfRule, type Suggestion } from '../../src/domain/finding.ts'
import { applySuggestion } from '../../src/domain/suggestion.ts'
import type { Example, Rule } from '../../src/rules/kit/rule.ts'
import { rules } from '../../src/rules/registry.ts'

const cases = (kind: 'wrong' | 'right') =>
  rules.flatMap(rule => rule.examples[kind].map((example, index) => [rule.id, index, rule, example] as const))

/** What the rule says of an example, which must be readable but for what the rule is about. */
function violationsIn(rule: Rule, example: Example, files?: Readonly<Record<string, string>>) {
  const { repository, violations } = askAbout(rule, example, files)
  const { problems } = repository.inventory
  if (!rule.id.startsWith('trust/'))
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  return violations
}

function fixed(example: Example, { place, text }: Suggestion): Readonly<Record<string, string>> {
  const files = filesOf(situationOf(example))
  const before = files[place.file]
  expect(before, `a fix of ${place.file}, which is no file of the example`).toBeDefined()
  return { ...files, [place.file]: applySuggestion(before ?? '', { place, text }) }
}

describe('each rule', () => {
  test.each(cases('wrong'))('%s reports its wrong example %d', (_, __, rule, example) => {
    const violations = violationsIn(rule, example)
    expect(violations).not.toEqual([])
    const files = filesOf(situationOf(example))
    for (const { message, place } of violations) {
      expect(message).toMatch(/^[^\n]*[^\n.]$/)
      if (!place) continue
      const lines = (files[place.file] ?? '').split('\n')
      expect(place.line).toBeLessThanOrEqual(lines.length)
      expect(place.column).toBeLessThanOrEqual((lines[place.line - 1]?.length ?? 0) + 1)
    }
  })

  test.each(cases('right'))('%s accepts its right example %d', (_, __, rule, example) => {
    expect(violationsIn(rule, example)).toEqual([])
  })

  test.each(cases('wrong'))(
    '%s finds less in its wrong example %d once a fix is applied as it is',
    (_, __, rule, example) => {
      const violations = violationsIn(rule, example)
      for (const { suggestion, message } of violations) {
        if (!suggestion) continue
        const left = violationsIn(rule, example, fixed(example, suggestion))
        expect(left.map(violation => violation.message)).not.toContain(message)
        expect(left.length).toBeLessThan(violations.length)
      }
    },
  )

  test.each(rules.map(rule => [rule.id, rule] as const))(
    '%s says why, what to do, and has examples',
    (id, rule) => {
      expect(id).toMatch(/^[a-z]+\/[a-z0-9-]+$/)
      expect(rule.why).toMatch(/^[A-Z`].*\.$/)
      expect(rule.remedy).toMatch(/^[A-Z`].*\.$/)
      expect(rule.stages.length).toBeGreaterThan(0)
      expect(rule.examples.wrong.length).toBeGreaterThan(0)
      expect(rule.examples.right.length).toBeGreaterThan(0)
    },
  )

  test('has a unique id and a page', () => {
    expect(new Set(rules.map(rule => rule.id)).size).toBe(rules.length)
    expect(new Set(rules.map(rule => pageOfRule(rule.id))).size).toBe(rules.length)
  })

  test('never repeats a value of the inventory', () => {
    const secret = 'hunter2hunter2'
    let asked = 0
    for (const [, , rule, example] of cases('wrong')) {
      const text = JSON.stringify(example)
      const vars = JSON.parse(text.replaceAll(/invented|too-short|(?<=: )basic/g, secret)) as Example
      if (text !== JSON.stringify(vars)) asked += 1
      expect(JSON.stringify(askAbout(rule, vars).violations)).not.toContain(secret)
    }
    expect(asked).toBeGreaterThan(5)
  })
})

describe('the schema of upstream providers', () => {
  test('works in an editor: it is JSON with an id and a description', () => {
    const schema = JSON.parse(readFileSync('schemas/upstream-provider.schema.json', 'utf8'))
    expect(schema).toMatchObject({ $id: expect.stringContaining('upstream-provider'), type: 'array' })
  })
})
