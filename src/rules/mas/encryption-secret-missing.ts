import { live } from '../facts/stages.ts'
import { missing } from '../facts/values.ts'
import { inventedSecret, encryptionSecretVariable as name } from '../facts/variables.ts'
import { defineRule } from '../kit/rule.ts'

export const encryptionSecretMissing = defineRule({
  id: 'mas/encryption-secret-missing',
  severity: 'error',
  why: 'MAS uses this secret to encrypt cookies and upstream secrets. The playbook refuses to install MAS without it.',
  remedy: `Add \`${name}\` with the output of \`openssl rand -hex 32\`, preferably in an Ansible Vault.`,
  examples: {
    wrong: [
      live,
      `${live}${name}: ''`,
      `${live}${name}:`,
      {
        vars: live,
        files: { 'inventory/host_vars/matrix.example.test/vault.yml': '$ANSIBLE_VAULT;1.1;AES256\n6162\n' },
      },
    ],
    right: [
      `${live}${name}: ${inventedSecret}`,
      `${live}${name}: "{{ vault_mas_encryption }}"`,
      `${live}${name}: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162`,
      'matrix_authentication_service_enabled: false',
    ],
  },
  check: ({ host, stage }) => {
    const unset = missing(host, name)
    if (unset) {
      const message = `MAS is enabled, but \`${name}\` is not set`
      return [{ message, place: stage.place, ...unset }]
    }
    const { value } = host.variable(name)
    const empty = value?.kind === 'null' || (value?.kind === 'string' && value.value === '')
    return empty ? [{ message: `\`${name}\` is empty`, place: value.place }] : []
  },
})
