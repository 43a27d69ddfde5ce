import { expect, test } from 'vitest'
import { memoryFiles } from '../../scripts/memory-files.ts'
import { touches, withoutSetUp } from '../../src/actions/validate-config/touches.ts'
import { varsDigest } from '../../src/migration/deployment-record.ts'

const inventory = { paths: ['inventory/hosts'], folders: ['inventory'] }
const host = { name: 'a.example.test' }

test.each([
  [undefined, ['playbook', 'playbook/roles/a', 'playbook.lock'], ['mdad', 'roles/a', 'playbook-notes']],
  ['mdad/', ['mdad', 'mdad/roles/a', 'playbook.lock'], ['playbook', 'roles/a']],
  ['', ['roles/a', 'setup.yml'], []],
])('the playbook at %j touches every host, as a submodule or as files', (folder, theirs, others) => {
  const doesTouch = (file: string) => touches(inventory, host, [file], folder)
  expect(theirs.filter(file => !doesTouch(file))).toEqual([])
  expect(others.filter(doesTouch)).toEqual([])
})

test('a folder above the inventory that is one entry, as a submodule or link is, touches every host', () => {
  const deep = { paths: ['sites/one/hosts'], folders: ['sites/one'] }
  expect(touches(deep, host, ['sites'])).toBe(true)
  expect(touches(deep, host, ['site', 'sites/two'])).toBe(false)
})

test.each([
  ['inventory/host_vars/b.example.test/vars.yml', false],
  ['inventory/host_vars/b.example.test.yml', false],
  ['inventory/host_vars/a.example.test/vars.yml', true],
  ['inventory/host_vars/a.example.test.yml', true],
  ['inventory/group_vars/matrix_servers.yml', true],
  ['inventory/group_vars/all/host_vars/b.example.test.yml', true],
  ['inventory/host_vars/b.example.test/host_vars/a.example.test.yml', false],
  ['inventory/hosts', true],
])('a change of %s touches the host: %s, and the digest of its vars differs as often', (file, expected) => {
  const digest = (text: string) =>
    varsDigest(
      memoryFiles({ 'inventory/hosts': '', [file]: text }),
      inventory.paths,
      { commit: 'c', digest: '' },
      {},
      host.name,
    )
  expect(touches(inventory, host, [file])).toBe(expected)
  expect(digest('a: 1\n') !== digest('a: 2\n')).toBe(expected)
  expect(digest('a: 1\n')).toBeDefined()
})

test('the change that adds the workflow may add the pins without touching a host', () => {
  const workflow = '.github/workflows/matrix-auth-apply.yml'
  const changed = [workflow, 'inventory/known_hosts', 'playbook.lock']
  const left = (before: Record<string, string>, files = changed) => withoutSetUp(files, memoryFiles(before))
  expect(left({})).toEqual([workflow])
  expect(left({}, [...changed, 'inventory/hosts'])).toEqual([workflow, 'inventory/hosts'])
  expect(left({ 'playbook.lock': 'old' })).toEqual([workflow, 'playbook.lock'])
  expect(left({ [workflow]: 'old' })).toEqual(changed)
  expect(left({}, ['playbook.lock'])).toEqual(['playbook.lock'])
})
