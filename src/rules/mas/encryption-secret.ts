import { defineRule } from '../rule.ts'

const name = 'matrix_authentication_service_config_secrets_encryption'
const enabled = 'matrix_authentication_service_enabled: true\n'
const good = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'

export const encryptionSecretMissing = defineRule({
  id: 'mas/encryption-secret-missing',
  severity: 'error',
  stages: ['prepared', 'live'],
  why: 'MAS encrypts cookies and its upstream secrets with it; the playbook refuses to install MAS without one.',
  remedy: `Add ${name} with the output of \`openssl rand -hex 32\`, best in an Ansible Vault.`,
  examples: {
    wrong: [enabled, `${enabled}${name}: ''`, `${enabled}${name}:`],
    right: [
      `${enabled}${name}: ${good}`,
      `${enabled}${name}: "{{ vault_mas_encryption }}"`,
      `${enabled}${name}: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162`,
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

export const encryptionSecretFormat = defineRule({
  id: 'mas/encryption-secret-format',
  severity: 'error',
  stages: ['prepared', 'live'],
  why: 'MAS reads it as 32 bytes in hexadecimal and does not start with anything else. The playbook counts characters only, so it would not notice.',
  remedy:
    'Use the output of `openssl rand -hex 32`, in quotes: YAML takes digits alone for a number. On a host that is live already, change it only with care: MAS can no longer read what it encrypted with the old one.',
  examples: {
    wrong: [
      `${enabled}${name}: too-short`,
      `${enabled}${name}: ${good}0`,
      `${enabled}${name}: ${good.replace('f', 'g')}`,
      `${enabled}${name}: ${'1'.repeat(64)}`,
      `${enabled}${name}: ["${good}"]`,
    ],
    right: [
      `${enabled}${name}: ${good}`,
      `${enabled}${name}: ${good.toUpperCase()}`,
      `${enabled}${name}: "${'1'.repeat(64)}"`,
      `${enabled}${name}: ''`,
      `${enabled}${name}: "{{ vault_mas_encryption }}"`,
      `${name}: short, and MAS is not enabled`,
    ],
  },
  check: ({ host }) => {
    const { value } = host.variable(name)
    if (!value || value.kind === 'unknown' || value.kind === 'vault' || value.kind === 'null') return []
    const { place } = value
    if (value.kind !== 'string') {
      const what = value.kind === 'integer' ? 'digits only, which YAML takes for a number' : 'no text'
      return [{ message: `\`${name}\` is ${what}`, place }]
    }
    if (value.value === '' || /^[0-9a-fA-F]{64}$/.test(value.value)) return []
    const length = [...value.value].length
    const message =
      length === 64
        ? `\`${name}\` has 64 characters, not all of them hexadecimal digits`
        : `\`${name}\` has ${length} characters instead of 64 hexadecimal digits`
    return [{ message, place }]
  },
})
