import { truthOf, type Value } from '../../inventory/value.ts'
import { type FindRisks, type Risk, risksOf } from '../facts/trust-additions.ts'
import { written } from '../facts/written.ts'
import { defineRule } from '../kit/rule.ts'

/** Variables that become arguments of ssh, sftp or scp on the runner (`plugins/connection/ssh.py` of ansible-core). */
const argumentNames: readonly string[] = [
  'ansible_ssh_args',
  'ansible_ssh_common_args',
  'ansible_ssh_extra_args',
  'ansible_sftp_extra_args',
  'ansible_scp_extra_args',
]

/** What a rule looks for in these arguments, and in other variables. */
export interface SshDanger {
  /** Messages show the match: it is a word of ssh. */
  readonly inArguments: readonly RegExp[]
  readonly names: readonly string[]
  /** The problem of another variable, as a clause; `undefined` if there is none. */
  readonly ofVariable: (name: string, value: Value) => string | undefined
}

export function findSshDangers({ inArguments, names, ofVariable }: SshDanger): FindRisks {
  const relevant = new Set([...argumentNames, ...names])
  return (_, hosts) =>
    written(hosts, relevant)
      .flatMap(({ definition: { name, value }, about }): Risk[] => {
        const key = `${about.host ?? ''} ${name}`
        const { place } = value
        if (!argumentNames.includes(name)) {
          const clause = ofVariable(name, value)
          return clause === undefined
            ? []
            : [{ key: `${key} ${textOf(value)}`, message: `\`${name}\` ${clause}`, place, ...about }]
        }
        const text = textOf(value)
        return inArguments
          .flatMap(pattern => text.match(pattern) ?? [])
          .map(option => ({
            key: `${key} ${option} ${text}`,
            message: `\`${name}\` sets \`${option}\``,
            place,
            ...about,
          }))
      })
      .toArray()
}

/** The text of a value. Jinja is returned as written: it still contains the options of ssh. */
export function textOf(value: Value): string {
  if (value.kind === 'string') return value.value
  if (value.kind === 'unknown') return value.source ?? ''
  if (value.kind === 'list') return value.items.map(textOf).join(' ')
  return value.kind === 'boolean' || value.kind === 'integer' ? String(value.value) : ''
}

const library = 'ansible_ssh_pkcs11_provider'

const findPrograms = findSshDangers({
  inArguments: [
    /(?<=-o\s?["']?)(?:ProxyCommand|LocalCommand|PermitLocalCommand|KnownHostsCommand|Include)(?=[\s=])/gi,
    /(?<=-o\s?["']?)(?:PKCS11Provider|SecurityKeyProvider|XAuthLocation)(?=[\s=])/gi,
    // A configuration file or library that the inventory chooses.
    /(?<=^|\s)-[FI](?=[\s./~\w])/g,
  ],
  names: ['ansible_ssh_executable', 'ansible_sftp_executable', 'ansible_scp_executable', library],
  ofVariable: name =>
    name === library ? 'sets a library that ssh loads' : 'sets a program that runs in place of ssh',
})

export const sshRunsProgram = defineRule({
  id: 'trust/ssh-runs-program',
  severity: 'error',
  why: 'Ansible passes these options to ssh on the runner. They run a program there, with the SSH key and all permissions of the job.',
  remedy:
    'To connect through a jump host, set `ansible_ssh_common_args: -o ProxyJump=user@host`, which runs no program. Run other programs in the workflow, where reviewers expect code.',
  examples: {
    wrong: [
      'ansible_ssh_common_args: -o ProxyCommand="nc %h %p"',
      "ansible_ssh_extra_args: '-o PermitLocalCommand=yes -o LocalCommand=./x'",
      'ansible_ssh_executable: ./ssh',
      'ansible_ssh_pkcs11_provider: ./lib.so',
      {
        base: 'ansible_ssh_common_args: -o ProxyJump=jump.example.test',
        vars: 'ansible_ssh_common_args: -o ProxyCommand="ssh -W %h:%p jump.example.test"',
      },
    ],
    right: [
      'ansible_ssh_common_args: -o ProxyJump=jump.example.test',
      'ansible_ssh_extra_args: -o ServerAliveInterval=30',
      'ansible_ssh_common_args: "{{ jump_arguments }}"',
      'ansible_ssh_common_args: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162',
    ],
  },
  checkAll: context => risksOf(context, findPrograms),
})

const findUnchecked = findSshDangers({
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
  checkAll: context => risksOf(context, findUnchecked),
})
