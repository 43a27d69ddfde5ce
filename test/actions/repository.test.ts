import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Repository } from '../../src/actions/repository.ts'
import { inventoryAmong, inventoryOf } from '../../src/inventory/inventory-of.ts'

let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'repository-'))
  mkdirSync(join(root, 'inventory'))
  writeFileSync(join(root, 'inventory/hosts'), '[matrix_servers]\nmatrix.example.test\n')
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

test('an inventory is read once in a run', () => {
  const { files } = new Repository(root)
  const first = inventoryOf(files, ['inventory/hosts'])
  expect(inventoryOf(files, 'inventory/hosts')).toBe(first)
  expect(inventoryAmong(files, ['inventory/hosts', 'inventory/absent'])).toBe(first)
  expect(inventoryAmong(files, ['inventory/absent'])).toBeUndefined()
})

test('extra variables, another checkout of the playbook and another run have a reading of their own', () => {
  const { files } = new Repository(root)
  const first = inventoryOf(files, 'inventory/hosts')
  expect(inventoryOf(files, 'inventory/hosts', { extraVars: { a: 1 } })).not.toBe(first)
  expect(inventoryOf(files, 'inventory/hosts', { playbook: { files, label: '' } })).not.toBe(first)
  expect(inventoryOf(new Repository(root).files, 'inventory/hosts')).not.toBe(first)
})
