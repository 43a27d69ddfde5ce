import { connectionVariables } from '../../inventory/connection.ts'
import {
  dangersInJinja,
  isSshArgumentVariable,
  readSshArguments,
  type SshArgumentVariable,
  type SshDanger,
  type SshDangerKind,
  sshArgumentVariables,
} from '../../inventory/ssh-arguments.ts'
import { truthOf, type Value } from '../../inventory/value.ts'
import { type FindRisks, type Risk, risksOf } from '../facts/trust-additions.ts'
import { written } from '../facts/written.ts'
import { defineRule } from '../kit/rule.ts'

type Problem = Pick<Risk, 'message' | 'severity'>

interface Search {
  readonly inArguments: (name: SshArgumentVariable, value: Value) => readonly Problem[]
  /** Other variables. */
  readonly names: readonly string[]
  /** The problem of another variable, as a clause; `undefined` if there is none. */
  readonly ofVariable: (name: string, value: Value) => string | undefined
}

function finder({ inArguments, names, ofVariable }: Search): FindRisks {
  const relevant = new Set([...sshArgumentVariables, ...names])
  return (_, hosts) =>
    written(hosts, relevant)
      .flatMap(({ definition: { name, value }, about }): Risk[] => {
        const clause = isSshArgumentVariable(name) ? undefined : ofVariable(name, value)
        const problems = isSshArgumentVariable(name)
          ? inArguments(name, value)
          : clause === undefined
            ? []
            : [{ message: `\`${name}\` ${clause}` }]
        const { place } = value
        return problems.map(problem => ({
          ...problem,
          key: `${about.host ?? ''} ${problem.message} ${textOf(value)}`,
          place,
          ...about,
        }))
      })
      .toArray()
}

/** The text of a value. Jinja is returned as written. */
function textOf(value: Value): string {
  if (value.kind === 'string') return value.value
  if (value.kind === 'unknown') return value.source ?? ''
  if (value.kind === 'list') return value.items.map(textOf).join(' ')
  return value.kind === 'boolean' || value.kind === 'integer' ? String(value.value) : ''
}

function dangersOf(name: SshArgumentVariable, value: Value): readonly SshDanger[] {
  const text = textOf(value)
  if (value.kind === 'unknown') return dangersInJinja(name, text)
  return readSshArguments(name, text)?.dangers ?? dangersInJinja(name, text)
}

function dangersOfKind(kind: SshDangerKind): Search['inArguments'] {
  return (name, value) =>
    dangersOf(name, value)
      .filter(danger => danger.kind === kind)
      .map(({ option }) => ({
        message:
          option === undefined
            ? `\`${name}\` has a word that is not an option of OpenSSH`
            : `\`${name}\` sets \`${option}\``,
      }))
}

const library = 'ansible_ssh_pkcs11_provider'
const addresses: readonly string[] = connectionVariables.address

const findPrograms = finder({
  inArguments: dangersOfKind('program'),
  names: [
    ...['ansible_ssh_executable', 'ansible_sftp_executable', 'ansible_scp_executable', library],
    ...addresses,
  ],
  ofVariable: (name, value) => {
    if (addresses.includes(name))
      return textOf(value).startsWith('-') ? 'starts with `-`, so ssh reads it as an option' : undefined
    return name === library ? 'sets a library that ssh loads' : 'sets a program that runs in place of ssh'
  },
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
      'ansible_ssh_common_args: -o  ProxyCommand=./x',
      'ansible_ssh_common_args: -vo ProxyCommand=./x',
      'ansible_ssh_extra_args: -vF./config',
      'ansible_sftp_extra_args: -D ./server',
      "ansible_ssh_extra_args: '-o PermitLocalCommand=yes -o LocalCommand=./x'",
      "ansible_ssh_common_args: \"{{ '-o ProxyCommand=./x' if jump else '' }}\"",
      'ansible_ssh_executable: ./ssh',
      'ansible_ssh_pkcs11_provider: ./lib.so',
      'ansible_host: -oProxyCommand=./x',
      {
        base: 'ansible_ssh_common_args: -o ProxyJump=jump.example.test',
        vars: 'ansible_ssh_common_args: -o ProxyCommand="ssh -W %h:%p jump.example.test"',
      },
    ],
    right: [
      'ansible_ssh_common_args: -o ProxyJump=jump.example.test',
      'ansible_ssh_extra_args: -o ServerAliveInterval=30',
      'ansible_ssh_common_args: -o ProxyCommand=none',
      'ansible_ssh_common_args: "{{ jump_arguments }}"',
      'ansible_ssh_common_args: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162',
    ],
  },
  checkAll: context => risksOf(context, findPrograms),
})

const findUnchecked = finder({
  inArguments: dangersOfKind('host-key'),
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
  why: 'Without the check of the pinned host key, ssh trusts another server. An attacker on the network can impersonate the server, and gets every secret that the playbook sends.',
  remedy: 'Remove the setting. Pass the host keys to the action in the input `known-hosts`.',
  examples: {
    wrong: [
      'ansible_ssh_common_args: -o StrictHostKeyChecking=no',
      "ansible_ssh_args: '-o StrictHostKeyChecking=accept-new'",
      'ansible_ssh_extra_args: -o UserKnownHostsFile=/dev/null',
      'ansible_ssh_extra_args: -o HostKeyAlias=other.example.test',
      'ansible_ssh_common_args: -Co "StrictHostKeyChecking no"',
      'ansible_ssh_common_args: -o ControlPath=/tmp/socket',
      'ansible_host_key_checking: false',
      { files: { 'inventory/hosts': 'matrix.example.test ansible_ssh_host_key_checking=False\n' } },
    ],
    right: [
      'ansible_ssh_common_args: -o StrictHostKeyChecking=yes',
      'ansible_ssh_common_args: -o ControlMaster=auto -o ControlPersist=60s -o ControlPath=none',
      'ansible_ssh_common_args: -o StrictHostKeyChecking={{ checking }}',
      'ansible_host_key_checking: true',
      'ansible_host_key_checking: "{{ checked }}"',
    ],
  },
  checkAll: context => risksOf(context, findUnchecked),
})

const findOthers = finder({
  inArguments: (name, value) => {
    if (value.kind === 'null') return []
    if (value.kind !== 'string' || readSshArguments(name, value.value) === undefined)
      return isReplaced(name)
        ? []
        : [{ message: `\`${name}\` is not plain text with closed quotes`, severity: 'warning' }]
    return dangersOfKind('other')(name, value).map(problem =>
      isReplaced(name) ? { ...problem, severity: 'warning' } : problem,
    )
  },
  names: [],
  ofVariable: () => undefined,
})

/** The run sets this variable itself, so the inventory's value only applies where a person runs Ansible. */
function isReplaced(name: SshArgumentVariable): boolean {
  return name === 'ansible_ssh_args'
}

export const sshOption = defineRule({
  id: 'trust/ssh-option',
  severity: 'error',
  why: 'The run accepts only SSH options that are known to be harmless, such as timeouts, algorithms, `IdentityFile` and `ProxyJump`. Others can lead to another server, or give the server access to the SSH key. The run stops before it connects.',
  remedy:
    'Remove the option. Set the address, the port and the user with `ansible_host`, `ansible_port` and `ansible_user`, in plain text.',
  examples: {
    wrong: [
      'ansible_ssh_common_args: -A',
      'ansible_ssh_common_args: -vAC',
      'ansible_ssh_extra_args: -o ForwardAgent=yes',
      'ansible_ssh_extra_args: -p 2222',
      'ansible_ssh_extra_args: -o HostName=192.0.2.9',
      'ansible_ssh_args: -o "SendEnv *"',
      'ansible_ssh_extra_args: other.example.test',
      'ansible_ssh_common_args: "{{ jump_arguments }}"',
      'ansible_ssh_common_args: -o "ServerAliveInterval=30',
      {
        files: {
          'inventory/hosts': '[matrix_servers]\nmatrix.example.test ansible_ssh_extra_args="-l root"\n',
        },
      },
    ],
    right: [
      'ansible_ssh_common_args: -o ServerAliveInterval=30 -o ServerAliveCountMax=5',
      'ansible_ssh_common_args: -4Co ConnectTimeout=30',
      'ansible_ssh_extra_args: -o "Compression yes" -v',
      'ansible_ssh_extra_args: -aT -o ForwardAgent=no',
      'ansible_ssh_common_args: -i ~/.ssh/id_ed25519 -o IdentitiesOnly=yes',
      'ansible_ssh_common_args: -J admin@jump.example.test:2222',
      'ansible_scp_extra_args: -O',
      "ansible_ssh_common_args: ''",
      'ansible_ssh_args: "{{ arguments }}"',
    ],
  },
  checkAll: context => risksOf(context, findOthers),
})
