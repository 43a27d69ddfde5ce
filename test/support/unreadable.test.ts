import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { readInventory } from '../../src/inventory/read-inventory.ts'
import { ToolkitError } from '../../src/support/errors.ts'
import { diskFiles } from '../../src/support/files/disk-files.ts'
import { reading } from '../../src/support/files/reading.ts'

const denied = vi.hoisted(() => ({ path: '' }))

/** Root may read everything, so the system's refusal is played. */
vi.mock('node:fs', async importOriginal => {
  const fs = await importOriginal<typeof import('node:fs')>()
  const refuse = (path: unknown) => {
    if (denied.path === '' || !String(path).endsWith(denied.path)) return
    throw Object.assign(new Error(`EACCES: permission denied, open '${path}'`), { code: 'EACCES' })
  }
  const refusing =
    (call: (...words: never[]) => unknown) =>
    (...words: never[]) => {
      refuse(words[0])
      return call(...words)
    }
  return {
    ...fs,
    readFileSync: refusing(fs.readFileSync),
    readdirSync: refusing(fs.readdirSync),
    lstatSync: refusing(fs.lstatSync),
  }
})

function inventoryWhere(path: string): unknown {
  const root = mkdtempSync(join(tmpdir(), 'unreadable-'))
  mkdirSync(join(root, 'inventory/host_vars/h'), { recursive: true })
  writeFileSync(join(root, 'inventory/hosts'), '[matrix_servers]\nh\n')
  writeFileSync(join(root, 'inventory/host_vars/h/vars.yml'), 'a: 1\n')
  denied.path = path
  try {
    const { problems } = readInventory('inventory/hosts', diskFiles(root))
    return problems
  } catch (error) {
    return error
  } finally {
    denied.path = ''
  }
}

describe('what the system does not let us read or write', () => {
  test.each(['host_vars/h/vars.yml', 'inventory/hosts', 'host_vars/h', 'inventory/host_vars'])(
    '%s is an error of the inventory that names the path and what to do',
    path => {
      const error = inventoryWhere(path)
      expect(error).toBeInstanceOf(ToolkitError)
      expect(error).toMatchObject({
        reason: 'inventory-unreadable',
        where: expect.stringContaining(path),
        remedy: expect.stringContaining('chmod'),
      })
    },
  )
})

test('an error quotes the path in the command that it offers', () => {
  const refuse = () => {
    throw Object.assign(new Error('denied'), { code: 'EACCES' })
  }
  const remedy = expect.stringContaining("`chmod a+rX '/my servers/$(a)'`")
  expect(() => reading('/my servers/$(a)', refuse)).toThrow(expect.objectContaining({ remedy }))
})
