import { truthOf } from '../../inventory/value.ts'
import { findSshDangers } from '../facts/ssh-options.ts'
import { risksOf } from '../facts/trust-additions.ts'
import { defineRule } from '../kit/rule.ts'

const find = findSshDangers({
  inArguments: [
    /StrictHostKeyChecking(?=[\s=]["']?(?:no|off|accept-new|ask)\b)/gi,
    /(?:User|Global)KnownHostsFile(?=[\s=])/gi,
  ],
  names: ['ansible_host_key_checking', 'ansible_ssh_host_key_checking', 'ansible_paramiko_host_key_checking'],
  ofVariable: (_, value) => {
    const isOff =
      truthOf(value) === false || (value.kind === 'string' && /^(?:false|no|off|0)$/i.test(value.value))
    return isOff ? 'turns off host key checking' : undefined
  },
})

export const hostKeyUnchecked = defineRule({
  id: 'trust/host-key-unchecked',
  severity: 'error',
  why: 'Without host key checking, ssh trusts any server that answers. An attacker on the network can impersonate the server, and gets every secret that the playbook sends.',
  remedy: 'Remove the setting. Pass the host keys to the action in the input `known-hosts`.',
  examples: {
    wrong: [
      'ansible_ssh_common_args: -o StrictHostKeyChecking=no',
      "ansible_ssh_args: '-o StrictHostKeyChecking=accept-new'",
      'ansible_ssh_extra_args: -o UserKnownHostsFile=/dev/null',
      'ansible_host_key_checking: false',
      { files: { 'inventory/hosts': 'matrix.example.test ansible_ssh_host_key_checking=False\n' } },
    ],
    right: [
      'ansible_ssh_common_args: -o StrictHostKeyChecking=yes',
      'ansible_host_key_checking: true',
      'ansible_host_key_checking: "{{ checked }}"',
    ],
  },
  checkAll: context => risksOf(context, find),
})
