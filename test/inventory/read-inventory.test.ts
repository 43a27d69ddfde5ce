import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { memoryFiles } from '../../scripts/memory-files.ts'
import { desiredStage, stageBefore } from '../../src/inventory/desired-stage.ts'
import type { Host } from '../../src/inventory/inventory.ts'
import { readInventory } from '../../src/inventory/read-inventory.ts'
import { diskFiles } from '../../src/support/files/disk-files.ts'

const hosts = `# the server
[matrix_servers]
matrix.example.test ansible_host=192.0.2.7
`

function hostOf(files: Record<string, string>, options = {}): Host {
  const inventory = readInventory(
    'inventory/hosts',
    memoryFiles({ 'inventory/hosts': hosts, ...files }),
    options,
  )
  expect(inventory.problems).toEqual([])
  const host = inventory.host('matrix.example.test')
  if (!host) throw new Error('no host')
  return host
}

const hostVars = 'inventory/host_vars/matrix.example.test/vars.yml'

describe('an INI inventory with host_vars', () => {
  test('gives a value with its file, line and column', () => {
    const host = hostOf({ [hostVars]: '---\nfirst: 1\nmatrix_domain: example.test\n' })
    const variable = host.variable('matrix_domain')
    expect(variable).toMatchObject({
      state: 'known',
      value: { kind: 'string', value: 'example.test' },
    })
    expect(variable.value?.place).toEqual({ file: hostVars, line: 3, column: 16, endLine: 3, endColumn: 28 })
    expect(variable.definition?.namePlace).toMatchObject({ line: 3, column: 1, endColumn: 14 })
  })

  test('prefers host_vars to group_vars and later files of a folder, and lists what they override', () => {
    const host = hostOf({
      [hostVars]: 'a: host\n',
      'inventory/host_vars/matrix.example.test/zz.yml': 'a: later\n',
      'inventory/group_vars/all.yml': 'a: all\n',
      'inventory/group_vars/matrix_servers/vars.yml': 'a: group\n',
    })
    const variable = host.variable('a')
    expect(variable.value).toMatchObject({ value: 'later' })
    expect(variable.overridden.map(({ value }) => value)).toMatchObject([
      { value: 'host' },
      { value: 'group' },
      { value: 'all' },
    ])
  })

  test('reports a variable that an encrypted file could set as unknown, not absent', () => {
    const vault = 'inventory/host_vars/matrix.example.test/vault.yml'
    const host = hostOf({ [hostVars]: 'a: 1\n', [vault]: '$ANSIBLE_VAULT;1.1;AES256\n6162\n' })
    expect(host.variable('a').state).toBe('known')
    expect(host.variable('b')).toMatchObject({ state: 'unknown', hiddenIn: [vault] })
  })
})

describe('a group named like a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'read-inventory-'))
  mkdirSync(join(folder, 'inventory'))
  writeFileSync(join(folder, 'inventory/hosts'), '[.]\nserver\n[..]\nserver\n')
  writeFileSync(join(folder, 'inventory/other'), 'found_above: true\n')
  const namesOf = () => {
    const inventory = readInventory('inventory/hosts', diskFiles(folder))
    return [...(inventory.host('server')?.variableNames() ?? [])].sort()
  }

  test('reads nothing without `group_vars`, and that folder and the one above with it, as Ansible does', () => {
    expect(namesOf()).toEqual([])
    mkdirSync(join(folder, 'inventory/group_vars'))
    writeFileSync(join(folder, 'inventory/group_vars/x'), 'found_here: true\n')
    expect(namesOf()).toEqual(['found_above', 'found_here'])
  })
})

describe('the desired stage', () => {
  test.each([
    ['', 'off'],
    ['matrix_authentication_service_enabled: false', 'off'],
    ['matrix_authentication_service_enabled: true', 'live'],
    ['matrix_authentication_service_enabled: yes', 'live'],
    ['matrix_authentication_service_enabled: "{{ x }}"', 'unknown'],
    ['matrix_authentication_service_enabled: "false"', 'unknown'],
    ['matrix_authentication_service_enabled: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  61', 'unknown'],
    ['matrix_authentication_service_migration_in_progress: true', 'off'],
    [
      'matrix_authentication_service_enabled: true\nmatrix_authentication_service_migration_in_progress: true',
      'prepared',
    ],
    [
      'matrix_authentication_service_enabled: true\nmatrix_authentication_service_migration_in_progress: "{{ y }}"',
      'unknown',
    ],
  ])('of %j is %s', (vars, stage) => {
    expect(desiredStage(hostOf({ [hostVars]: `${vars}\n` })).stage).toBe(stage)
  })

  test('points at the deciding value', () => {
    const host = hostOf({ [hostVars]: 'a: 1\nmatrix_authentication_service_enabled: false\n' })
    expect(desiredStage(host).place).toMatchObject({ file: hostVars, line: 2, column: 40 })
  })

  test('is unknown if MAS is enabled for a group, which the playbook overrides', () => {
    const host = hostOf({
      'inventory/group_vars/matrix_servers.yml': 'matrix_authentication_service_enabled: true\n',
    })
    expect(desiredStage(host)).toMatchObject({ stage: 'unknown', problem: 'overruled' })
  })

  test('includes the playbook checkout if given, and extra vars with the highest precedence', () => {
    const files = { 'inventory/group_vars/all.yml': 'matrix_authentication_service_enabled: true\n' }
    const own = { 'inventory/group_vars/all.yml': 'matrix_domain: example.test\n' }
    const playbook = {
      files: memoryFiles({ 'group_vars/matrix_servers': 'matrix_authentication_service_enabled: false\n' }),
      label: 'playbook/',
    }
    expect(desiredStage(hostOf(files, { playbook }))).toMatchObject({
      problem: 'overruled',
      place: { file: 'inventory/group_vars/all.yml', line: 1 },
    })
    expect(desiredStage(hostOf(own, { playbook }))).toEqual({
      stage: 'off',
      reason: '`matrix_authentication_service_enabled` is not set',
    })
    const extraVars = { matrix_authentication_service_enabled: true }
    expect(desiredStage(hostOf(files, { playbook, extraVars })).stage).toBe('live')
  })

  test.each([
    ['what git-crypt has encrypted', '\0GITCRYPT\0abc', undefined],
    ['Jinja', 'matrix_authentication_service_enabled: "{{ x }}"\n', 'unknown'],
    ['plain text', 'matrix_authentication_service_enabled: true\n', 'live'],
  ])('before a change is not guessed from %s', (_, text, stage) => {
    const files = memoryFiles({ 'inventory/hosts': hosts, [hostVars]: text })
    expect(stageBefore(readInventory('inventory/hosts', files).host('matrix.example.test'))).toBe(stage)
    expect(stageBefore(undefined)).toBeUndefined()
  })

  const folder = 'inventory/host_vars/matrix.example.test'
  test.each([
    [
      'an encrypted file of the host',
      `${folder}/vault.yml`,
      { stage: 'off', assumed: [`${folder}/vault.yml`] },
    ],
    ['a broken file of the host', `${folder}/broken.yml`, { stage: 'unknown', problem: 'hidden' }],
    // The playbook's own variables override those of the group.
    [
      'no file of the group',
      'inventory/group_vars/matrix_servers/vault.yml',
      { stage: 'off', assumed: undefined },
    ],
  ])('can be in %s, although the playbook has a default', (_, file, stage) => {
    const text = file.endsWith('vault.yml') ? '$ANSIBLE_VAULT;1.1;AES256\n6162\n' : 'a: [\n'
    const playbook = {
      files: memoryFiles({ 'group_vars/matrix_servers': 'matrix_authentication_service_enabled: false\n' }),
      label: 'playbook/',
    }
    const files = memoryFiles({ 'inventory/hosts': hosts, [file]: text })
    const host = readInventory('inventory/hosts', files, { playbook }).host('matrix.example.test')
    expect(host && desiredStage(host)).toMatchObject(stage)
  })
})

describe('several inventories', () => {
  const group = (text: string) => `[matrix_servers]\nm ${text}\n`
  const files = memoryFiles({
    'a/hosts': `${group('x=1 y=1')}[matrix_servers:vars]\ngroup=1\n`,
    'b/hosts': `${group('x=2')}[matrix_servers:vars]\ngroup=2\n`,
    'a/host_vars/m.yml': 'own: 1\nonly: 1\n',
    'b/host_vars/m.yml': 'own: 2\n',
    'a/group_vars/all.yml': 'all_then_group: 1\n',
    'b/group_vars/all.yml': 'all_then_group: 3\ngroup_of_the_first: 3\n',
    'a/group_vars/matrix_servers.yml': 'group_of_the_first: 1\n',
    'b/group_vars/matrix_servers.yml': 'all_then_group: 2\n',
  })
  const names = ['x', 'y', 'group', 'own', 'only', 'all_then_group', 'group_of_the_first']
  const valuesIn = (paths: readonly string[]) => {
    const { hosts, problems, folders } = readInventory(paths, files)
    expect(problems).toEqual([])
    const values = names.map(name => hosts[0]?.variable(name).value)
    return [
      ...folders,
      ...values.map(value => (value?.kind === 'integer' ? Number(value.value) : value?.kind)),
    ]
  }

  // The result of `ansible-inventory -i a/hosts -i b/hosts --host m` with ansible-core 2.19.
  test('are merged: later ones win, and groups named all come before the others', () => {
    expect(valuesIn(['a/hosts', 'b/hosts'])).toEqual(['a', 'b', 2, 1, 2, 2, 1, 2, 1])
    expect(valuesIn(['b/hosts', 'a/hosts'])).toEqual(['b', 'a', 1, 1, 1, 1, 1, 2, 1])
  })

  test('in one folder have its variables once', () => {
    expect(valuesIn(['a/hosts', 'b/hosts', 'a/hosts']).slice(0, 2)).toEqual(['b', 'a'])
  })

  test('are rejected if one of them is missing or outside the repository', () => {
    expect(() => readInventory(['a/hosts', 'c/hosts'], files)).toThrow('does not exist')
    expect(() => readInventory(['a/hosts', '../b/hosts'], files)).toThrow('outside the repository')
  })
})
