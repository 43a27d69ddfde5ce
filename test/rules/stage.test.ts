import { expect, test } from 'vitest'
import { askAbout } from '../../scripts/rule-examples.ts'
import { enabledVariable, inProgressVariable } from '../../src/domain/variables.ts'
import { live } from '../../src/rules/kit/rule.ts'
import { stageContradictory } from '../../src/rules/mas/stage.ts'

test.each([
  [`${enabledVariable}: "false"\n`, 'false'],
  // Everywhere in the playbook this string counts as true, so `false` would migrate.
  [`${live}${inProgressVariable}: "no"\n`, undefined],
  [`${live}${inProgressVariable}: 2\n`, undefined],
])('a suggestion for a quoted switch never changes what the playbook does with MAS: %j', (vars, text) => {
  const { violations } = askAbout(stageContradictory, vars)
  expect(violations.map(({ suggestion }) => suggestion?.text)).toEqual([text])
})
