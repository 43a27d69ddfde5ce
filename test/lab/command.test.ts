import { describe, expect, it } from 'vitest'
import { type Circumstances, described, estimate } from './command.ts'

const usual = { cold: 10, warm: 4 }
const idle: Circumstances = { cold: true, load: 0.3, cores: 2, before: { cold: undefined, warm: undefined } }

describe('the estimate at the start of a long command', () => {
  it('names both times, and which one applies', () => {
    expect(estimate('npm run demo', usual, idle)).toBe(
      'npm run demo takes about 10 min here: the caches are empty (4 min when they are filled)',
    )
    expect(estimate('npm run demo', usual, { ...idle, cold: false })).toBe(
      'npm run demo takes about 4 min here: the caches are filled (10 min when they are empty)',
    )
  })

  it('is longer on a busy machine', () => {
    expect(estimate('npm run demo', usual, { ...idle, load: 8.5 })).toBe(
      'npm run demo takes about 23 min here: the caches are empty (9 min when they are filled); the machine is busy (load 8.5)',
    )
  })

  it('is what the command took here the last time, once that is known', () => {
    const before = { cold: undefined, warm: 190_000 }
    expect(estimate('npm run demo', usual, { ...idle, cold: false, before })).toBe(
      'npm run demo takes about 4 min here: the caches are filled (10 min when they are empty)',
    )
  })
})

describe('an error at the end', () => {
  it('is its message alone where it can be expected', () => {
    expect(described(new Error('There is no disk space left.'))).toBe('There is no disk space left.')
  })

  it('has its stack where it is a mistake in the code', () => {
    expect(described(new TypeError('undefined is not a function'))).toMatch(
      /^Unexpected error: TypeError.*\n +at /,
    )
  })
})
