import { expect, test } from 'vitest'
import { askAbout } from '../../scripts/rule-examples.ts'
import { enabledVariable, inProgressVariable } from '../../src/domain/variables.ts'
import { live } from '../../src/rules/kit/rule.ts'
import { stageContradictory } from '../../src/rules/mas/stage.ts'

test.each([
  [`${enabledVariable}: "false"\n`, 'false'],
  [`${live}${inProgressVariable}: "no"\n`, 'false'],
  [`${live}${inProgressVariable}: 2\n`, undefined],
])('a quoted switch gets a suggestion without quotes: %j', (vars, text) => {
  const { violations } = askAbout(stageContradictory, vars)
  expect(violations.map(({ suggestion }) => suggestion?.text)).toEqual([text])
})
