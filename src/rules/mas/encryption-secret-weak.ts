import { live } from '../facts/stages.ts'
import { plainText } from '../facts/values.ts'
import { inventedSecret, encryptionSecretVariable as name } from '../facts/variables.ts'
import { defineRule } from '../kit/rule.ts'

/** Seven different digits that do not repeat themselves, and no run of ten. */
const fewDigits = `${'0a1b2c9'.repeat(4)}${'9c2b1a0'.repeat(4)}00112233`.replaceAll('3', '9')

export const encryptionSecretWeak = defineRule({
  id: 'mas/encryption-secret-weak',
  severity: 'error',
  why: 'The format is right, but the value is not random. Anyone who guesses the secret and gets the database or a cookie can read what MAS encrypts.',
  remedy:
    'Use the output of `openssl rand -hex 32`. On a host that is already live, change it with care: MAS can no longer read what it encrypted with the old secret.',
  examples: {
    wrong: [
      `${live}${name}: "${'0'.repeat(64)}"`,
      `${live}${name}: ${'deadbeef'.repeat(8)}`,
      `${live}${name}: ${'0123456789abcdef'.repeat(4)}`,
      `${live}${name}: ${'abc'.repeat(21)}a`,
      `${live}${name}: ${inventedSecret.slice(0, 16).repeat(4)}`,
      `${live}${name}: ${inventedSecret.slice(0, 20).repeat(4).slice(0, 64)}`,
      `${live}${name}: ${inventedSecret.slice(0, 32).repeat(2)}`,
      `${live}${name}: ${fewDigits}`,
      `${live}${name}: ${'00'.repeat(30)}abcd`,
      `${live}${name}: 612070617373706872617365206f66207468697274792d74776f206368617273`,
    ],
    right: [
      `${live}${name}: ${inventedSecret}`,
      `${live}${name}: "{{ vault_mas_encryption }}"`,
      `${live}${name}: ${fewDigits.replace('a', 'd')}`,
      `${live}${name}: too-short`,
      `${name}: "${'0'.repeat(64)}"`,
    ],
  },
  check: ({ host }) => {
    const secret = plainText(host, name)
    if (!secret || !/^[0-9a-fA-F]{64}$/.test(secret.text)) return []
    const how = weakness(secret.text.toLowerCase())
    return how === undefined ? [] : [{ message: `\`${name}\` ${how}`, place: secret.value.place }]
  },
})

/** Why 64 hexadecimal digits are not random. A random value matches with a probability below one in a billion. */
function weakness(digits: string): string | undefined {
  for (let period = 1; period <= 32; period += 1) {
    if (digits.slice(period) === digits.slice(0, -period)) return 'repeats a short pattern'
  }
  if (new Set(digits).size <= 7) return 'has too few different digits'
  if (/(.)\1{9}/.test(digits)) return 'has one digit ten times in a row'
  const bytes = digits.match(/../g) ?? []
  return bytes.every(byte => /^(?:[2-6][0-9a-f]|7[0-9a-e])$/.test(byte))
    ? 'is readable text in hexadecimal'
    : undefined
}
