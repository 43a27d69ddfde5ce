import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMasker, maskText } from '../../src/support/redaction.ts'

const secretText = fc
  .string({ minLength: 6, maxLength: 40, unit: 'grapheme' })
  .filter(text => !text.includes('*') && text.trim() === text && text.length >= 6)

describe('known secrets', () => {
  test('a known secret never survives, with any text around it', () => {
    fc.assert(
      fc.property(secretText, fc.string(), fc.string(), (secret, before, after) => {
        expect(createMasker([secret]).mask(`${before}${secret}${after}`)).not.toContain(secret)
      }),
    )
  })

  test('forms that JSON, URLs, YAML, shells and basic authentication write are masked too', () => {
    const secret = 'p"a\'s s/w\\ö&d'
    const masker = createMasker([secret])
    for (const form of [
      JSON.stringify({ a: secret }),
      JSON.stringify({ a: JSON.stringify({ b: secret }) }),
      `https://example.test/?x=${encodeURIComponent(secret)}`,
      `'${secret.replaceAll("'", "''")}'`,
      Buffer.from(secret).toString('base64'),
    ]) {
      expect(masker.mask(form)).toContain(maskText)
      expect(masker.mask(form)).not.toMatch(/a's|w\\|%C3%B6|s s/)
    }
  })

  test('each line of a secret of many lines is masked where output comes line by line', () => {
    const { mask } = createMasker(['first-part\n  second-part\nthird-part'])
    expect(['x first-part', '   second-part', 'third-part.'].map(mask)).toEqual(['x ***', '   ***', '***.'])
  })

  test('two secrets that overlap leave nothing of either', () => {
    expect(createMasker(['abcdefgh', 'efghijkl']).mask('<abcdefghijkl>')).toBe('<***>')
  })

  test('values under six characters are left alone', () => {
    expect(createMasker(['true', 'abcde', '']).mask('true abcde')).toBe('true abcde')
  })

  test('a secret added later is masked from then on', () => {
    const masker = createMasker()
    expect(masker.mask('tea-and-cake')).toBe('tea-and-cake')
    masker.add('tea-and-cake')
    expect(masker.mask('tea-and-cake')).toBe('***')
  })
})

describe('shapes', () => {
  test.each([
    ['an access token of Synapse', 'got syt_YWxpY2U_abcdefghijklmnopqrst_0aBcDe now', 'got *** now'],
    ['a refresh token of Synapse', 'syr_YWxpY2U_abcdefghijklmnopqrst_0aBcDe', '***'],
    ['a compatibility token of MAS', '"mct_abcdefABCDEF0123456789abcdefAB_AbCdE1"', '"***"'],
    ['an OAuth token of MAS', 'mat_abcdefABCDEF0123456789abcdefAB_AbCdE1', '***'],
    [
      'a bcrypt hash',
      'hash $2b$12$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234 end',
      'hash *** end',
    ],
    ['an argon2 hash', '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA', '***'],
    ['the password in a URL', 'postgresql://mas:hunter22@db/mas', 'postgresql://mas:***@db/mas'],
    ['a header', 'Authorization: Bearer abc.def-ghi', 'Authorization: Bearer ***'],
    ['a config line', '    secret: "a b, c"', '    secret: "***"'],
    ['a bare config line with blanks', 'pepper: some words, more', 'pepper: ***'],
    ['a key that only ends like a secret', '  admin_token: xyz123', '  admin_token: ***'],
    [
      'a value in a line of JSON',
      '{"client_secret":"a\\"b","name":"n"}',
      '{"client_secret":"***","name":"n"}',
    ],
    [
      'a value in JSON within JSON',
      JSON.stringify({ out: 'password: "x1" and {"secret":"y2"}' }),
      '{"out":"password: \\"***\\" and {\\"secret\\":\\"***\\"}"}',
    ],
    [
      'a database error',
      'Key (access_token)=(abcdef) already exists',
      'Key (access_token)=(***) already exists',
    ],
    ['a line of a diff', '+  password: hunter22', '+  password: ***'],
  ])('%s is masked', (_what, text, masked) => {
    expect(createMasker().mask(text)).toBe(masked)
  })

  test.each([
    'password authentication failed for user "mas"',
    '7 non-refreshable access tokens migrated (0 skipped) in 0.0s',
    'secret: {{ vault_secret }}',
    'password_config.enabled: false',
    'token: null',
    'matrix_map_data is no token, nor is format_text',
  ])('%s stays readable', text => {
    expect(createMasker().mask(text)).toBe(text)
  })

  test('a private key is masked over all its lines', () => {
    const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIabc\nMIIdef\n-----END RSA PRIVATE KEY-----'
    expect(createMasker().mask(`a\n${key}\nb`)).not.toMatch(/MII/)
  })

  test('a long run of letters takes no long time', () => {
    const started = performance.now()
    createMasker().mask('a'.repeat(300_000))
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  test('a secret written as a YAML block is masked until the block ends', () => {
    const text = 'x: 1\n  secret: |\n    one\n\n    two\n  other: 3'
    expect(createMasker().mask(text)).not.toMatch(/one|two/)
    expect(createMasker().mask(text)).toContain('other: 3')
  })
})
