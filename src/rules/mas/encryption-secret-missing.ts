import { defineRule } from '../rule.ts'
import { live } from '../stages.ts'
import { inventedSecret, encryptionSecretVariable as name } from './encryption-secret.ts'

export const encryptionSecretMissing = defineRule({
  id: 'mas/encryption-secret-missing',
  severity: 'error',
  stages: ['prepared', 'live'],
  why: 'MAS encrypts cookies and its upstream secrets with it; the playbook refuses to install MAS without one.',
  remedy: `Add ${name} with the output of \`openssl rand -hex 32\`, best in an Ansible Vault.`,
  examples: {
    wrong: [live, `${live}${name}: ''`, `${live}${name}:`],
    right: [
      `${live}${name}: ${inventedSecret}`,
      `${live}${name}: "{{ vault_mas_encryption }}"`,
      `${live}${name}: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162`,
      'matrix_authentication_service_enabled: false',
    ],
  },
  check: ({ host, stage }) => {
    const variable = host.variable(name)
    if (variable.state === 'absent') {
      return [
        { message: `MAS is enabled and \`${name}\` is not set`, ...(stage.place && { place: stage.place }) },
      ]
    }
    const { value } = variable
    const empty = value?.kind === 'null' || (value?.kind === 'string' && value.value === '')
    return empty ? [{ message: `\`${name}\` is empty`, place: value.place }] : []
  },
})
