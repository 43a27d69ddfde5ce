import { findLookups } from '../facts/lookups.ts'
import { risksOf } from '../facts/trust-additions.ts'
import { defineRule } from '../kit/rule.ts'

const find = findLookups('program')

export const lookupRunsProgram = defineRule({
  id: 'trust/lookup-runs-program',
  severity: 'error',
  why: 'The lookups `pipe` and `lines` run a program on the runner, which has the SSH key. A lookup with a computed name may be one of them.',
  remedy:
    'Write the plain value. Put it in an Ansible Vault if it is a secret. Compute values in a step of the workflow, where reviewers expect code.',
  examples: {
    wrong: [
      "matrix_domain: \"{{ lookup('pipe', './domain.sh') }}\"",
      'matrix_domain: \'{{ query("ansible.builtin.lines", "cat domain") | first }}\'',
      'matrix_domain: "{{ lookup(kind, argument) }}"',
      `matrix_domain: "{{ lookup('pi' ~ 'pe', './domain.sh') }}"`,
      `matrix_domain: "{{ lookup('ansible.legacy.pipe', './domain.sh') }}"`,
      `matrix_domain: "{% set ask = lookup %}{{ ask('pipe', './domain.sh') }}"`,
      `matrix_domain: "{{ (lookup)('pipe', './domain.sh') }}"`,
      "matrix_x:\n  - y: \"{% if q('pipe', 'id') %}1{% endif %}\"",
      {
        base: 'matrix_domain: example.test',
        vars: "matrix_domain: \"{{ lookup('pipe', 'hostname') }}\"",
      },
    ],
    right: [
      "matrix_domain: \"{{ lookup('vars', 'other') }}\"",
      "matrix_text: \"{% raw %}{{ lookup('pipe', 'x') }}{% endraw %}\"",
      "matrix_text: !unsafe \"{{ lookup('pipe', 'x') }}\"",
      "matrix_text: the word lookup('pipe') in a text",
      `matrix_text: "{{ 'a lookup of ' ~ x.lookup ~ my_lookup }}"`,
    ],
  },
  checkAll: context => risksOf(context, find),
})
