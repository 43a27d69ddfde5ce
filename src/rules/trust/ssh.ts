import { sshArgumentNames } from '../../domain/ssh.ts'
import { type SshRisk, sshRisks } from '../../inventory/ssh-arguments.ts'
import { truthOf, type Value } from '../../inventory/value.ts'
import { type FindRisks, type Risk, risksOf } from '../facts/trust-additions.ts'
import { written } from '../facts/written.ts'
import { defineRule } from '../kit/rule.ts'

interface SshVariables {
  /** The arguments of ssh, sftp and scp that a rule reports. */
  readonly kinds: readonly SshRisk['kind'][]
  readonly names: readonly string[]
  /** The problem of another variable, as a clause; `undefined` if there is none. */
  readonly ofVariable: (name: string, value: Value) => string | undefined
  /** The rule also reports arguments that cannot be read here. */
  readonly alsoHidden?: true
}

function findSshRisks({ kinds, names, ofVariable, alsoHidden }: SshVariables): FindRisks {
  const relevant = new Set<string>([...sshArgumentNames, ...names])
  return (_, hosts) =>
    written(hosts, relevant)
      .flatMap(({ definition: { name, value }, about }): Risk[] => {
        const key = `${about.host ?? ''} ${name}`
        const { place } = value
        const text = textOf(value)
        const argument = sshArgumentNames.find(each => each === name)
        if (argument === undefined) {
          const clause = ofVariable(name, value)
          return clause === undefined
            ? []
            : [{ key: `${key} ${text}`, message: `\`${name}\` ${clause}`, place, ...about }]
        }
        if (value.kind === 'null') return []
        const isHidden = value.kind !== 'string'
        const found = sshRisks(argument, isHidden ? withoutJinja(text) : text)
          // With Jinja, only what is written in full is certain.
          .filter(({ kind, option }) => kinds.includes(kind) && (!isHidden || option !== undefined))
          .map(({ kind, option }) => ({
            key: `${key} ${option} ${text}`,
            message: `\`${name}\` ${riskClause(kind, option)}`,
            place,
            ...about,
          }))
        if (!isHidden || !alsoHidden || found.length > 0) return found
        const message = `\`${name}\` is not plain text, so its options of ssh cannot be checked`
        return [{ key: `${key} hidden`, message, severity: 'warning', place, ...about }]
      })
      .toArray()
}

function riskClause(kind: SshRisk['kind'], option: string | undefined): string {
  if (option !== undefined) return `sets \`${option}\``
  return kind === 'unreadable'
    ? 'is not a list of options that ssh would read completely'
    : 'sets an option of ssh that is not known to be harmless'
}

/** Jinja as one word, so that the options around it are read. */
function withoutJinja(text: string): string {
  return text.replace(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|\{#[\s\S]*?#\}/g, 'jinja')
}

function textOf(value: Value): string {
  if (value.kind === 'string') return value.value
  if (value.kind === 'unknown') return value.source ?? ''
  if (value.kind === 'list') return value.items.map(textOf).join(' ')
  return value.kind === 'boolean' || value.kind === 'integer' ? String(value.value) : ''
}

const library = 'ansible_ssh_pkcs11_provider'

/** Ansible passes the address without `--` before it, so that ssh takes it for an option. */
const addresses = ['ansible_host', 'ansible_ssh_host']

const findPrograms = findSshRisks({
  kinds: ['program'],
  names: [
    ...['ansible_ssh_executable', 'ansible_sftp_executable', 'ansible_scp_executable'],
    ...['ansible_paramiko_proxy_command', library, ...addresses],
  ],
  ofVariable: (name, value) => {
    if (addresses.includes(name)) {
      return textOf(value).trimStart().startsWith('-') ? 'is an option of ssh, not an address' : undefined
    }
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
      "ansible_ssh_extra_args: '-o PermitLocalCommand=yes -o LocalCommand=./x'",
      'ansible_ssh_executable: ./ssh',
      'ansible_ssh_pkcs11_provider: ./lib.so',
      "ansible_ssh_common_args: '-vo  ProxyCommand=./x'",
      'ansible_ssh_extra_args: -F ./config',
      'ansible_host: -oProxyCommand=./x',
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

const sockets = ['ansible_control_path', 'ansible_control_path_dir']

const findUnchecked = findSshRisks({
  kinds: ['host-key'],
  names: [
    ...['ansible_host_key_checking', 'ansible_ssh_host_key_checking', 'ansible_paramiko_host_key_checking'],
    ...sockets,
  ],
  ofVariable: (name, value) => {
    if (sockets.includes(name))
      return 'sets the sockets of open connections, whose host key was checked by others'
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
      'ansible_ssh_common_args: -oHostKeyAlias=other.example.test',
      'ansible_ssh_common_args: -o ControlPath=/tmp/socket',
      'ansible_ssh_extra_args: -S /tmp/socket',
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

const findOthers = findSshRisks({
  kinds: ['other', 'unreadable'],
  names: [],
  ofVariable: () => undefined,
  alsoHidden: true,
})

export const sshOption = defineRule({
  id: 'trust/ssh-option',
  severity: 'error',
  why: 'Only options of ssh that are known to be harmless are accepted. Others can lend the SSH key to the server (`ForwardAgent`), connect to another server than the one that was checked (`HostName`, `Port`), or send secrets of the job. The actions that connect to a server refuse to run with them, and with arguments that are Jinja or in a vault.',
  remedy:
    'Remove the option, or write the arguments as plain text. Set the server with `ansible_host`, `ansible_port` and `ansible_user`. Set the other options of the runner in its own ssh configuration.',
  examples: {
    wrong: [
      'ansible_ssh_common_args: -A',
      'ansible_ssh_extra_args: -o ForwardAgent=yes',
      "ansible_ssh_common_args: '-C -o HostName=other.example.test'",
      'ansible_ssh_extra_args: -p 2222',
      'ansible_ssh_common_args: other.example.test',
      'ansible_ssh_common_args: "-o ProxyJump={{ jump_host }}"',
    ],
    right: [
      'ansible_ssh_common_args: -o ProxyJump=jump.example.test',
      'ansible_ssh_args: -C -o ControlMaster=auto -o ControlPersist=60s',
      'ansible_ssh_extra_args: "-4 -o ServerAliveInterval=30"',
      'ansible_scp_extra_args: -O',
    ],
  },
  checkAll: context => risksOf(context, findOthers),
})
