import { describe, expect, test } from 'vitest'
import { countDifferences, parseCounts } from '../../src/domain/account-counts.ts'
import { counts } from '../migration/facts.ts'

describe('counts of accounts', () => {
  test('are read from one JSON object', () => {
    expect(parseCounts(JSON.stringify(counts(3)))).toEqual(counts(3))
  })

  test('are rejected if a category is missing or not a number', () => {
    expect(() => parseCounts('{"users":1}')).toThrow('no count of passwords')
    expect(() => parseCounts(JSON.stringify({ ...counts(1), emails: '1' }))).toThrow('no count of emails')
    expect(() => parseCounts('[]')).toThrow()
  })

  test('differ if both sides have different numbers for a category', () => {
    const mas = { ...counts(3), links: 2, admins: null }
    expect(countDifferences(counts(3), mas)).toEqual([{ category: 'links', synapse: 0, mas: 2 }])
  })
})
