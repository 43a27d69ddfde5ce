import { describe, expect, test } from 'vitest'
import { memoryFiles } from '../../scripts/memory-files.ts'
import { connectionOf } from '../../src/inventory/connection.ts'
import { readInventory } from '../../src/inventory/read-inventory.ts'

const name = 'matrix.example.test'
const noArguments = {
  ansible_ssh_common_args: '',
  ansible_ssh_extra_args: '',
  ansible_sftp_extra_args: '',
  ansible_scp_extra_args: '',
}

function connection(vars: string, files: Readonly<Record<string, string>> = {}) {
  const inventory = readInventory(
    'inventory/hosts',
    memoryFiles({
      'inventory/hosts': `[matrix_servers]\n${name}\n`,
      [`inventory/host_vars/${name}/vars.yml`]: vars,
      ...files,
    }),
  )
  const [found] = inventory.hosts
  if (!found) throw new Error('no host')
  return connectionOf(found)
}

describe('the connection of a host', () => {
  test('has the defaults of ssh, as root', () => {
    expect(connection('x: 1')).toEqual({
      inventoryName: name,
      address: name,
      port: 22,
      user: 'root',
      become: false,
      becomeUser: 'root',
      local: false,
      sshArguments: noArguments,
    })
  })

  test.each([
    ['ansible_host: 192.0.2.7', { address: '192.0.2.7' }],
    ['ansible_ssh_host: 192.0.2.7', { address: '192.0.2.7' }],
    ['ansible_host: 192.0.2.7\nansible_ssh_host: 192.0.2.8', { address: '192.0.2.8' }],
    ['ansible_ssh_host: 192.0.2.8\nansible_host: 192.0.2.7', { address: '192.0.2.8' }],
    ['ansible_host: 192.0.2.7\nansible_ssh_host:', { address: '192.0.2.7' }],
    ['ansible_host: "2001:db8::1"', { address: '2001:db8::1' }],
    ['ansible_host: "fe80::1%eth0"', { address: 'fe80::1%eth0' }],
    ['ansible_port: 22\nansible_ssh_port: "2222"', { port: 2222 }],
    ['ansible_user: one\nansible_ssh_user: two', { user: 'two' }],
    ['ansible_user: deploy\nansible_become: true', { user: 'deploy', become: true }],
    ['ansible_connection: smart', { address: name }],
    ['ansible_connection: local', { local: true }],
  ])('takes of two names the one that Ansible takes: %j', (vars, expected) => {
    expect(connection(vars)).toMatchObject(expected)
  })

  test('prefers `ansible_ssh_host` of a group to `ansible_host` of the host', () => {
    const files = { 'inventory/group_vars/all.yml': 'ansible_ssh_host: 192.0.2.8\n' }
    expect(connection('ansible_host: 192.0.2.7', files).address).toBe('192.0.2.8')
  })

  test('has harmless arguments, quoted anew', () => {
    const vars = `ansible_ssh_common_args: -o  "ServerAliveInterval 30"  -C\nansible_scp_extra_args: -O`
    expect(connection(vars).sshArguments).toEqual({
      ...noArguments,
      ansible_ssh_common_args: "-o 'ServerAliveInterval 30' -C",
      ansible_scp_extra_args: '-O',
    })
  })

  test('has none of what a vault may set', () => {
    const vault = { [`inventory/host_vars/${name}/vault.yml`]: '$ANSIBLE_VAULT;1.1;AES256\n6162\n' }
    expect(connection('x: 1', vault).sshArguments).toEqual(noArguments)
  })

  test.each([
    ['ansible_ssh_common_args: -o KnownHostsCommand=./x', 'KnownHostsCommand'],
    ['ansible_ssh_extra_args: -o HostKeyAlias=other.example.test', 'HostKeyAlias'],
    ['ansible_ssh_common_args: -vo  ProxyCommand=./x', 'ProxyCommand'],
    ['ansible_ssh_common_args: -vA', '-A'],
    ['ansible_ssh_common_args: -o ControlPath=/tmp/socket', 'ControlPath'],
    ['ansible_sftp_extra_args: -F ./config', '-F'],
    ['ansible_ssh_extra_args: -p 2222', '-p'],
    ['ansible_ssh_extra_args: other.example.test', 'not an option'],
    ['ansible_connection: paramiko', 'not ssh'],
  ])('is refused, as an invalid input: %s', (vars, message) => {
    expect(() => connection(vars)).toThrow(expect.objectContaining({ reason: 'input-invalid' }))
    expect(() => connection(vars)).toThrow(message)
  })

  test.each([
    'ansible_host: -oProxyCommand=./x',
    'ansible_host: root@192.0.2.7',
    'ansible_host: ssh://192.0.2.7',
    "ansible_host: ''",
    'ansible_ssh_host: "{{ address }}"',
    'ansible_user: "-oProxyCommand"',
    "ansible_user: 'root\" x'",
    'ansible_port: 0',
    'ansible_ssh_common_args: "{{ jump }}"',
    'ansible_ssh_common_args: [-C]',
    'ansible_ssh_common_args: -o "Compression=yes',
    'ansible_ssh_extra_args: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162',
  ])('is unknown: %s', vars => {
    expect(() => connection(vars)).toThrow(expect.objectContaining({ reason: 'inventory-unreadable' }))
  })
})
