import { expect, it } from 'vitest'
import { randomOf, synapseToken, tokenChecksum } from './random.ts'

it('ends a token with the checksum that Synapse gives it', () => {
  // A token that Synapse 1.121.1 made.
  expect(tokenChecksum('syt_bGl2aW5nLjkwMDAxMQ_BWEScLrvKFpvROvubkvy')).toBe('3CACim')
})

it('writes the local part into a token without padding', () => {
  expect(synapseToken('syr', 'living.900011', randomOf(1, 1))).toMatch(
    /^syr_bGl2aW5nLjkwMDAxMQ_[A-Za-z]{20}_[0-9A-Za-z]{6}$/,
  )
})

it('draws other numbers for each stream of a seed, and the same ones again', () => {
  const drawn = (seed: number, stream: number): number[] => {
    const random = randomOf(seed, stream)
    return Array.from({ length: 8 }, () => random.below(1000))
  }
  expect(drawn(1, 2)).toEqual(drawn(1, 2))
  expect(drawn(1, 2)).not.toEqual(drawn(1, 3))
  expect(drawn(1, 2)).not.toEqual(drawn(2, 2))
})
