import { live } from '../facts/stages.ts'
import { inventedSecret, encryptionSecretVariable as name } from '../facts/variables.ts'
import { defineRule } from '../kit/rule.ts'

export const encryptionSecretFormat = defineRule({
  id: 'mas/encryption-secret-format',
  severity: 'error',
  why: 'MAS expects 32 bytes in hexadecimal and does not start with anything else. The playbook checks only the length, so it does not catch this.',
  remedy:
    'Use the output of `openssl rand -hex 32`, in quotes: YAML reads a value of digits only as a number. On a host that is already live, change it with care: MAS can no longer read what it encrypted with the old secret.',
  examples: {
    wrong: [
      `${live}${name}: too-short`,
      `${live}${name}: ${inventedSecret}0`,
      `${live}${name}: ${inventedSecret.replace('f', 'g')}`,
      `${live}${name}: ${'1'.repeat(64)}`,
      `${live}${name}: ["${inventedSecret}"]`,
    ],
    right: [
      `${live}${name}: ${inventedSecret}`,
      `${live}${name}: ${inventedSecret.toUpperCase()}`,
      `${live}${name}: "${'1'.repeat(64)}"`,
      `${live}${name}: ''`,
      `${live}${name}: "{{ vault_mas_encryption }}"`,
      `${name}: short, and MAS is not enabled`,
    ],
  },
  check: ({ host }) => {
    const { value } = host.variable(name)
    if (!value || value.kind === 'unknown' || value.kind === 'vault' || value.kind === 'null') return []
    const { place } = value
    if (value.kind !== 'string') {
      const what = value.kind === 'integer' ? 'digits only, which YAML reads as a number' : 'not a string'
      return [{ message: `\`${name}\` is ${what}`, place }]
    }
    if (value.value === '' || /^[0-9a-fA-F]{64}$/.test(value.value)) return []
    const length = [...value.value].length
    const message =
      length === 64
        ? `\`${name}\` has 64 characters, but not all of them are hexadecimal digits`
        : `\`${name}\` has ${length} characters instead of 64 hexadecimal digits`
    return [{ message, place }]
  },
})
