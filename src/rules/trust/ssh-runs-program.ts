import { findSshDangers } from '../facts/ssh-options.ts'
import { risksOf } from '../facts/trust-additions.ts'
import { defineRule } from '../kit/rule.ts'

const library = 'ansible_ssh_pkcs11_provider'

const find = findSshDangers({
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
  checkAll: context => risksOf(context, find),
})
