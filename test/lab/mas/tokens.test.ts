import { describe, expect, test } from 'vitest'
import { newToken, tokenType } from './standin/tokens.ts'
import { fromUlid, isUlid, newId, timeOf, toUlid } from './standin/ulid.ts'

describe('tokens', () => {
  test('a new token is recognised by its prefix and checksum', () => {
    expect(tokenType(newToken('mct'))).toBe('compat-access')
    expect(tokenType(newToken('mcr'))).toBe('compat-refresh')
  })

  test('a token with a changed character is none', () => {
    const token = newToken('mct')
    const other = token.charAt(5) === 'a' ? 'b' : 'a'
    expect(tokenType(token.slice(0, 5) + other + token.slice(6))).toBeUndefined()
  })

  test('a token that the real MAS 1.22 made passes the checksum', () => {
    expect(tokenType('mct_NGfLFXHVZwx3l9JC9FUkavxJQmKvsZ_aNcAa4')).toBe('compat-access')
  })

  test("Synapse's own tokens are taken as they are", () => {
    expect(tokenType('syt_YWxpY2U_abc_1')).toBe('compat-access')
    expect(tokenType('syr_YWxpY2U_abc_1')).toBe('compat-refresh')
    expect(tokenType('anything')).toBeUndefined()
  })
})

describe('ids', () => {
  test('an id is a UUID whose ULID goes back to it', () => {
    const id = newId(1_795_000_000_123)
    expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(fromUlid(toUlid(id))).toBe(id)
    expect(timeOf(id)).toBe(1_795_000_000_123)
  })

  test('a provider id of a configuration is the UUID that MAS stores', () => {
    expect(fromUlid('01JD0000000000000000000001')).toBe('01934000-0000-0000-0000-000000000001')
  })

  test('texts that are no ULID are refused', () => {
    expect(isUlid('01JD000000000000000000000U')).toBe(false)
    expect(() => fromUlid('short')).toThrow(RangeError)
  })
})
