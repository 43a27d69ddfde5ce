import type { Place } from '../../domain/finding.ts'
import { encryptionSecretVariable as name } from '../../domain/variables.ts'
import type { Value } from '../../inventory/value.ts'
import { inMas } from '../facts/extensions.ts'
import { missing, ownDefinition, ownText, subjectOf, whereWrong } from '../facts/values.ts'
import { inventedSecret } from '../facts/variables.ts'
import { defineRule, type InventoryContext, live, type Violation, vault, withEach } from '../kit/rule.ts'

const hexadecimal = /^[0-9a-fA-F]{64}$/

export const encryptionSecretMissing = defineRule({
  id: 'mas/encryption-secret-missing',
  severity: 'error',
  why: `MAS encrypts cookies and upstream secrets with \`${name}\`. The playbook refuses to install MAS without it.`,
  remedy: `Add \`${name}\` with the output of \`openssl rand -hex 32\`, preferably in an Ansible Vault.`,
  examples: {
    wrong: [
      live,
      `${live}${name}: ''`,
      `${live}${name}:`,
      { vars: live, files: vault },
      live + inMas('secrets:', `  encryption: ${inventedSecret}`),
    ],
    right: [
      ...withEach(live, name, inventedSecret, '"{{ vault_mas_encryption }}"'),
      `${live}${name}: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162`,
      'matrix_authentication_service_enabled: false',
    ],
  },
  check: ({ host, stage }) => {
    const unset = missing(host, name)
    if (!ownDefinition(host, name) && host.variable(name).definition) {
      const message = `${subjectOf(host.variable(name))} is set, but the playbook requires \`${name}\``
      return [{ message, place: host.variable(name).value?.place }]
    }
    if (unset) {
      const message = `MAS is enabled, but \`${name}\` is not set`
      return [{ message, place: stage.place, ...unset }]
    }
    return whereWrong(host, name, value => {
      const isEmpty = value.kind === 'null' || (value.kind === 'string' && value.value === '')
      return isEmpty ? 'is empty' : undefined
    })
  },
})

export const encryptionSecretFormat = defineRule({
  id: 'mas/encryption-secret-format',
  severity: 'error',
  why: 'MAS expects 32 bytes in hexadecimal, and does not start if the value is anything else. The playbook checks only its length, not its characters.',
  remedy:
    'Use the output of `openssl rand -hex 32`, in quotes, because YAML reads an unquoted value that contains only digits as a number. On a host that is prepared or live, first read `change/encryption-secret`: MAS can no longer read what it encrypted with the old secret.',
  examples: {
    wrong: [
      ...withEach(live, name, 'too-short', `${inventedSecret}0`, inventedSecret.replace('f', 'g')),
      ...withEach(live, name, '1'.repeat(64), `["${inventedSecret}"]`),
    ],
    right: [
      ...withEach(live, name, inventedSecret, inventedSecret.toUpperCase(), `"${'1'.repeat(64)}"`),
      ...withEach(live, name, "''", '"{{ vault_mas_encryption }}"'),
      `${name}: short, and MAS is not enabled`,
    ],
  },
  check: ({ host }) => whereWrong(host, name, formProblem),
})

function formProblem(value: Value): string | undefined {
  if (value.kind === 'null') return undefined
  if (value.kind === 'integer') return 'is digits only, which YAML reads as a number'
  if (value.kind !== 'string') return 'is not a string'
  if (value.value === '' || hexadecimal.test(value.value)) return undefined
  const { length } = [...value.value]
  return length === 64
    ? 'has 64 characters, but not all of them are hexadecimal digits'
    : `has ${length} characters instead of 64 hexadecimal digits`
}

/** Seven different digits that do not repeat themselves, and no run of ten. */
const fewDigits = `${'0a1b2c9'.repeat(4)}${'9c2b1a0'.repeat(4)}00112233`.replaceAll('3', '9')

export const encryptionSecretWeak = defineRule({
  id: 'mas/encryption-secret-weak',
  severity: 'error',
  why: 'The format is right, but the value is not random. Anyone who guesses the secret and gets the database or a cookie can read what MAS encrypts.',
  remedy:
    'Use the output of `openssl rand -hex 32`. On a host that is prepared or live, first read `change/encryption-secret`: MAS can no longer read what it encrypted with the old secret.',
  examples: {
    wrong: [
      ...withEach(live, name, `"${'0'.repeat(64)}"`, 'deadbeef'.repeat(8)),
      ...withEach(live, name, '0123456789abcdef'.repeat(4), `${'abc'.repeat(21)}a`),
      `${live}${name}: ${inventedSecret.slice(0, 16).repeat(4)}`,
      `${live}${name}: ${inventedSecret.slice(0, 20).repeat(4).slice(0, 64)}`,
      ...withEach(live, name, inventedSecret.slice(0, 32).repeat(2), fewDigits),
      `${live}${name}: ${'00'.repeat(30)}abcd`,
      `${live}${name}: 612070617373706872617365206f66207468697274792d74776f206368617273`,
    ],
    right: [
      ...withEach(live, name, inventedSecret, '"{{ vault_mas_encryption }}"'),
      ...withEach(live, name, fewDigits.replace('a', 'd'), 'too-short'),
      `${name}: "${'0'.repeat(64)}"`,
    ],
  },
  check: ({ host }) =>
    whereWrong(host, name, value =>
      value.kind === 'string' && hexadecimal.test(value.value)
        ? weakness(value.value.toLowerCase())
        : undefined,
    ),
})

/** Why 64 hexadecimal digits are not random. A random value matches with a probability below one in a billion. */
function weakness(digits: string): string | undefined {
  for (let period = 1; period <= 32; period += 1) {
    if (digits.startsWith(digits.slice(period))) return 'repeats a short pattern'
  }
  if (new Set(digits).size <= 7) return 'has too few different digits'
  if (/(.)\1{9}/.test(digits)) return 'has one digit ten times in a row'
  const bytes = digits.match(/../g) ?? []
  return bytes.every(byte => /^(?:[2-6][0-9a-f]|7[0-9a-e])$/.test(byte))
    ? 'is readable text in hexadecimal'
    : undefined
}

const two = '[matrix_servers]\na.example.test\nb.example.test\n'
const files = (a: string, b: string) => ({
  'inventory/hosts': two,
  'inventory/host_vars/a.example.test.yml': `${live}${name}: ${a}\n`,
  'inventory/host_vars/b.example.test.yml': `${live}${name}: ${b}\n`,
})
const other = [...inventedSecret].reverse().join('')

export const encryptionSecretShared = defineRule({
  id: 'mas/encryption-secret-shared',
  severity: 'warning',
  stages: ['prepared', 'live'],
  why: 'If the secret of one host leaks, the other host is affected too. A cookie of one host could also be accepted by the other.',
  remedy:
    'Give each host its own secret in its `host_vars`. Keep the secret of a host that is live: MAS cannot read what it encrypted with another secret.',
  examples: {
    wrong: [
      { files: files(inventedSecret, inventedSecret) },
      {
        files: {
          ...files('"{{ a }}"', '"{{ b }}"'),
          'inventory/host_vars/a.example.test.yml': live,
          'inventory/host_vars/b.example.test.yml': live,
          'inventory/group_vars/matrix_servers.yml': `${name}: ${inventedSecret}\n`,
        },
      },
    ],
    right: [
      { files: files(inventedSecret, other) },
      { files: files(inventedSecret, '"{{ vault_b }}"') },
      `${live}${name}: ${inventedSecret}`,
    ],
  },
  checkAll: violations,
})

function violations({ hosts }: InventoryContext): readonly Violation[] {
  const first = new Map<string, { readonly host: string; readonly place: Place }>()
  return hosts.flatMap(({ host }): Violation[] => {
    const secret = ownText(host, name)
    if (!secret || secret.text === '') return []
    const { place } = secret.value
    const earlier = first.get(secret.text.toLowerCase())
    if (!earlier) {
      first.set(secret.text.toLowerCase(), { host: host.name, place })
      return []
    }
    return [
      { message: `hosts ${earlier.host} and ${host.name} have the same \`${name}\``, place, host: host.name },
    ]
  })
}
