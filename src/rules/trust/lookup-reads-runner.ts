import { findLookups } from '../facts/lookups.ts'
import { risksOf } from '../facts/trust-additions.ts'
import { defineRule } from '../kit/rule.ts'

const find = findLookups('reads')

export const lookupReadsRunner = defineRule({
  id: 'trust/lookup-reads-runner',
  severity: 'warning',
  why: 'Ansible evaluates lookups on the runner. They can read files and environment variables of the job, including its secrets, or fetch from the network. The server receives the result. The value also differs between machines.',
  remedy: 'Write the plain value. Put it in an Ansible Vault if it is a secret.',
  examples: {
    wrong: [
      "matrix_domain: \"{{ lookup('env', 'DOMAIN') }}\"",
      "matrix_key: \"{{ lookup('ansible.builtin.file', '~/.ssh/id_ed25519') }}\"",
      "matrix_key: \"{{ lookup('community.general.passwordstore', 'x') }}\"",
      "postgres_connection_password: \"{{ lookup('password', 'credentials/postgres') }}\"",
      `matrix_text: "{% include 'secret.txt' %}"`,
      `matrix_text: "{%- from 'a.j2' import b %}{{ b }}"`,
      `matrix_keys: "{{ '~/.ssh/*' | fileglob }}"`,
      `matrix_token: "{{ '$GITHUB_TOKEN' | expandvars }}"`,
      `matrix_text: "{{ 'a' if '~/.ssh/id_ed25519' is file else 'b' }}"`,
    ],
    right: [
      "matrix_domain: \"{{ lookup('vars', 'other') }}\"",
      'matrix_domain: "{{ other_domain }}"',
      'matrix_domain: "{{ lookups | default(1) }}"',
      `matrix_text: "{{ 'what is file | fileglob' ~ x }}"`,
      `matrix_text: "{{ included is defined and file is not none }}"`,
    ],
  },
  checkAll: context => risksOf(context, find),
})
