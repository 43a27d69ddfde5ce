import { describe, expect, test } from 'vitest'
import { connectionOf } from '../../src/inventory/connection.ts'
import { desiredStage } from '../../src/inventory/desired-stage.ts'
import type { Host } from '../../src/inventory/inventory.ts'
import { readInventory } from '../../src/inventory/read-inventory.ts'
import { memoryFiles } from '../../src/support/files.ts'

const hosts = `# the server
[matrix_servers]
matrix.example.test ansible_host=192.0.2.7 ansible_ssh_user=deploy ansible_become=true ansible_ssh_port=2222
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
  test('gives a value with the file, line and column where it stands', () => {
    const host = hostOf({ [hostVars]: '---\nfirst: 1\nmatrix_domain: example.test\n' })
    const variable = host.variable('matrix_domain')
    expect(variable).toMatchObject({
      state: 'known',
      value: { kind: 'string', value: 'example.test' },
      place: { file: hostVars, line: 3, column: 16, endLine: 3, endColumn: 28 },
    })
    expect(variable.definition?.namePlace).toMatchObject({ line: 3, column: 1, endColumn: 14 })
  })

  test('tells how the server is reached', () => {
    expect(connectionOf(hostOf({}))).toEqual({
      inventoryName: 'matrix.example.test',
      address: '192.0.2.7',
      port: 2222,
      user: 'deploy',
      become: true,
      becomeUser: 'root',
      local: false,
    })
  })

  test('has host_vars win over group_vars, a later file of a folder over an earlier one, and lists the losers', () => {
    const host = hostOf({
      [hostVars]: 'a: host\n',
      'inventory/host_vars/matrix.example.test/zz.yml': 'a: later\n',
      'inventory/group_vars/all.yml': 'a: all\n',
      'inventory/group_vars/matrix_servers/vars.yml': 'a: group\n',
    })
    const variable = host.variable('a')
    expect(variable.value).toMatchObject({ value: 'later' })
    expect(variable.losers.map(loser => loser.value)).toMatchObject([
      { value: 'host' },
      { value: 'group' },
      { value: 'all' },
    ])
  })

  test('says unknown, not absent, of a variable that could be in an encrypted file', () => {
    const vault = 'inventory/host_vars/matrix.example.test/vault.yml'
    const host = hostOf({ [hostVars]: 'a: 1\n', [vault]: '$ANSIBLE_VAULT;1.1;AES256\n6162\n' })
    expect(host.variable('a').state).toBe('known')
    expect(host.variable('b')).toMatchObject({ state: 'unknown', hiddenIn: [vault] })
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

  test('points at the value that decides', () => {
    const host = hostOf({ [hostVars]: 'a: 1\nmatrix_authentication_service_enabled: false\n' })
    expect(desiredStage(host).place).toMatchObject({ file: hostVars, line: 2, column: 40 })
  })

  test('is unknown where MAS is enabled for a group, which the playbook overrules', () => {
    const host = hostOf({
      'inventory/group_vars/matrix_servers.yml': 'matrix_authentication_service_enabled: true\n',
    })
    expect(desiredStage(host)).toMatchObject({ stage: 'unknown', trouble: 'overruled' })
  })

  test('follows the playbook checkout where one is given, and extra vars above all', () => {
    const files = { 'inventory/group_vars/all.yml': 'matrix_authentication_service_enabled: true\n' }
    const playbook = {
      files: memoryFiles({ 'group_vars/matrix_servers': 'matrix_authentication_service_enabled: false\n' }),
      label: 'playbook/',
    }
    expect(desiredStage(hostOf(files, { playbook }))).toMatchObject({
      stage: 'off',
      place: { file: 'playbook/group_vars/matrix_servers', line: 1 },
    })
    const extraVars = { matrix_authentication_service_enabled: true }
    expect(desiredStage(hostOf(files, { playbook, extraVars })).stage).toBe('live')
  })
})
