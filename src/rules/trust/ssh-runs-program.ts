import { findSshDangers } from '../facts/ssh-options.ts'
import { risksOf } from '../facts/trust-additions.ts'
import { defineRule } from '../kit/rule.ts'

const library = 'ansible_ssh_pkcs11_provider'

const find = findSshDangers({
  inArguments: [
    /(?<=-o\s?["']?)(?:ProxyCommand|LocalCommand|PermitLocalCommand|KnownHostsCommand|Include)(?=[\s=])/gi,
    /(?<=-o\s?["']?)(?:PKCS11Provider|SecurityKeyProvider|XAuthLocation)(?=[\s=])/gi,
    // A file of settings, or a library, of whoever wrote the inventory.
    /(?<=^|\s)-[FI](?=[\s./~\w])/g,
  ],
  names: ['ansible_ssh_executable', 'ansible_sftp_executable', 'ansible_scp_executable', library],
  ofVariable: name =>
    name === library ? 'names a library that ssh loads' : 'names the program that is run in place of ssh',
})

export const sshRunsProgram = defineRule({
  id: 'trust/ssh-runs-program',
  severity: 'error',
  stages: ['off', 'prepared', 'live', 'unknown'],
  why: 'Ansible gives these to ssh on the runner, which runs the program that they name there: next to the SSH key, with all that the job may do.',
  remedy:
    'Reach a server behind another by `-o ProxyJump=user@host`, which runs nothing. Where a program must be run, put it into the workflow, which reviewers know for code, and not into the inventory.',
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
