import { expect, test } from 'vitest'
import { memoryFiles } from '../../../scripts/memory-files.ts'
import { askAbout } from '../../../scripts/rule-examples.ts'
import { readInventory } from '../../../src/inventory/read-inventory.ts'
import { contextOf, violationsOf } from '../../../src/rules/check-hosts.ts'
import { rules } from '../../../src/rules/registry.ts'

const idsFor = (text: string) =>
  rules
    .filter(({ id }) => id.startsWith('trust/'))
    .filter(rule => askAbout(rule, `matrix_text: '${text.replaceAll("'", "''")}'`).violations.length > 0)
    .map(({ id }) => id)

test('a string in Jinja is not code', () => {
  expect(idsFor(`{{ "it is file, a lookup, x | fileglob" ~ 'and (lookup)' ~ x }}`)).toEqual([])
  expect(idsFor(`{{ 'a quote \\' and lookup' ~ x }}`)).toEqual([])
  expect(idsFor(`{{ 'not closed, is file`)).toEqual([])
})

test('a text full of unclosed quotes is scanned in linear time', () => {
  // What looks at it again from each quote takes many minutes.
  expect(idsFor(`{{ ${"\\'".repeat(200_000)} }}`)).toEqual([])
  expect(idsFor(`{{ '${"\\'".repeat(200_000)} }}`)).toEqual([])
  expect(idsFor(`{{ ${'| '.repeat(200_000)} }}`)).toEqual([])
})

test('files of the repository are checked even if the inventory has no host', () => {
  const files = memoryFiles({ 'inventory/hosts': '', 'library/apt.py': 'print()\n' })
  const repository = { files, inventory: readInventory('inventory/hosts', files) }
  const context = contextOf({ repository, hosts: [] })
  const found = Array.from(violationsOf(rules, context), ({ rule }) => rule.id)
  expect(found).toEqual(['playbook/no-host', 'trust/plugin-folder'])
})
