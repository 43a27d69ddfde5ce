import fc from 'fast-check'
import { closest, distance } from 'fastest-levenshtein'
import { describe, expect, test } from 'vitest'
import { nearestByLetters, nearestByWords } from '../../src/rules/facts/nearest-name.ts'

const names = [
  'matrix_synapse_enable_registration',
  'matrix_authentication_service_config_account_password_registration_enabled',
  'matrix_authentication_service_config_account_password_registration_extra_enabled',
  'matrix_domain',
]

describe('the nearest name', () => {
  test.each([
    ['matrix_synapse_enable_registraton', names[0]],
    ['matrix_domian', 'matrix_domain'],
    ['matrix_x', undefined],
    ['something_else_entirely', undefined],
  ])('to %s by its letters is %s', (name, expected) => {
    expect(nearestByLetters(name, names, 4)).toBe(expected)
  })

  test.each([
    ['matrix_authentication_service_config_account_registration_enabled', names[1]],
    ['matrix_authentication_service_config_registration_enabled', names[1]],
    ['matrix_synapse_config_enable_the_registration', names[0]],
    ['matrix_registration_service_config_account_enabled', undefined],
    ['matrix_registration', undefined],
  ])('to %s by its words is %s', (name, expected) => {
    expect(nearestByWords(name, names)).toBe(expected)
  })

  test('is undefined without names', () => {
    expect(nearestByLetters('matrix_synapse_enable', [], 4)).toBeUndefined()
    expect(nearestByWords('matrix_synapse_enable_registration', [])).toBeUndefined()
  })

  test('by letters equals a brute-force search', () => {
    const word = fc.constantFrom(
      'matrix',
      'synapse',
      'enabled',
      'enable',
      'sanapse',
      'x',
      '1',
      'registration',
    )
    const variable = fc.array(word, { minLength: 1, maxLength: 5 }).map(words => words.join('_'))
    fc.assert(
      fc.property(
        variable.filter(name => name.length >= 12),
        fc.array(variable, { minLength: 1 }),
        fc.integer({ min: 1, max: 4 }),
        (name, all, furthest) => {
          const nearest = closest(name, all)
          const expected = distance(name, nearest) <= furthest ? nearest : undefined
          expect(nearestByLetters(name, all, furthest)).toBe(expected)
        },
      ),
    )
  })
})
