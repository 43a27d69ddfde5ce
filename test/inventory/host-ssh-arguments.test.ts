import { expect, test } from 'vitest'
import { memoryFiles } from '../../scripts/memory-files.ts'
import { connectionOf } from '../../src/inventory/connection.ts'
import { sshArgumentsOf } from '../../src/inventory/host-ssh-arguments.ts'
import { readInventory } from '../../src/inventory/read-inventory.ts'
import { sshVariables } from '../../src/playbook/ssh-variables.ts'

const hostWith = (vars: string) => {
  const files = {
    'inventory/hosts': '[matrix_servers]\nmatrix.example.test\n',
    'inventory/host_vars/matrix.example.test/vars.yml': vars,
  }
  const host = readInventory('inventory/hosts', memoryFiles(files)).host('matrix.example.test')
  if (!host) throw new Error('no host')
  return host
}

test.each([
  ['', {}],
  ['ansible_ssh_common_args:', {}],
  ['ansible_ssh_common_args: -o ProxyJump=jump', { ansible_ssh_common_args: '-o ProxyJump=jump' }],
  ['ansible_scp_extra_args: -O', { ansible_scp_extra_args: '-O' }],
  // These come after our own values of the same keywords.
  [
    'ansible_ssh_common_args: -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null',
    { ansible_ssh_common_args: '-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null' },
  ],
  // Replaced by ours.
  ['ansible_ssh_args: -o KnownHostsCommand=./x', {}],
])('a run takes the harmless arguments of %j', (vars, expected) => {
  expect(sshArgumentsOf(hostWith(vars))).toEqual(expected)
})

test.each([
  'ansible_ssh_common_args: -o KnownHostsCommand=./x',
  'ansible_ssh_extra_args: -oHostKeyAlias=other',
  'ansible_ssh_extra_args: -A',
  'ansible_sftp_extra_args: -S ./ssh',
  'ansible_ssh_common_args: -o ControlPath=/tmp/x',
  'ansible_ssh_common_args: other.example.test',
  'ansible_ssh_common_args: "{{ jump }}"',
  'ansible_ssh_common_args: [-o, ProxyJump=jump]',
  'ansible_ssh_common_args: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162',
])('a run is refused with %j', vars => {
  expect(() => sshArgumentsOf(hostWith(vars))).toThrow(expect.objectContaining({ reason: 'input-invalid' }))
})

test('everything else that could undo the pinned keys is overridden, also where an encrypted file sets it', () => {
  const variables = sshVariables('/private', { ansible_ssh_extra_args: '-4' })
  expect(variables).toMatchObject({
    ansible_ssh_args: expect.stringContaining('-o StrictHostKeyChecking=yes'),
    ansible_ssh_common_args: '',
    ansible_ssh_extra_args: '-4',
    ansible_sftp_extra_args: '',
    ansible_scp_extra_args: '',
    ansible_ssh_host_key_checking: true,
    ansible_paramiko_host_key_checking: true,
    ansible_ssh_executable: 'ssh',
    ansible_control_path: '',
  })
})

test.each([
  ['ansible_host: a\nansible_ssh_host: b', { address: 'b' }],
  ['ansible_ssh_host:\nansible_host: a', { address: 'a' }],
  ['ansible_ssh_port: 1\nansible_port: 2', { port: 1 }],
  ['ansible_user: a\nansible_ssh_user: b', { user: 'b' }],
  ['ansible_connection: ansible.builtin.ssh', { ssh: true }],
  ['ansible_connection: paramiko', { ssh: false }],
  ['ansible_connection: local', { ssh: false }],
  ['ansible_host: 2001:db8::1', { address: '2001:db8::1' }],
])('the connection of %j is Ansible’s', (vars, expected) => {
  expect(connectionOf(hostWith(vars))).toMatchObject(expected)
})

test.each(['-oProxyCommand=./x', 'root@192.0.2.1', 'ssh://192.0.2.1', 'a b', '"{{ address }}"'])(
  'the address %s is refused',
  address => {
    expect(() => connectionOf(hostWith(`ansible_host: ${address}`))).toThrow(
      expect.objectContaining({ reason: 'inventory-unreadable' }),
    )
  },
)
