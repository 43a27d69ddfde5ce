import { describe, expect, test, vi } from 'vitest'
import { flag, jsonObject, oneOf, optional, readInputs, text, wholeNumber } from '../../src/actions/inputs.ts'
import { stepInput } from '../../src/actions/runner.ts'
import { ToolkitError } from '../../src/support/errors.ts'

const table = {
  inventory: text('inventory/hosts'),
  limit: optional(text()),
  'fail-on': oneOf(['error', 'warning', 'never'], 'error'),
  'dry-run': flag(false),
  'max-hosts': wholeNumber({ min: 1, max: 9, fallback: 1 }),
  'extra-vars': jsonObject(),
}

const read = (given: Record<string, string>) => readInputs(table, name => given[name])

function failure(given: Record<string, string>): ToolkitError {
  try {
    read(given)
  } catch (error) {
    if (error instanceof ToolkitError) return error
  }
  throw new Error('it read them')
}

describe('inputs', () => {
  test('have their defaults where nothing is given', () => {
    expect(read({})).toEqual({
      inventory: 'inventory/hosts',
      limit: undefined,
      failOn: 'error',
      dryRun: false,
      maxHosts: 1,
      extraVars: {},
    })
  })

  test('are typed, trimmed, and named in camelCase', () => {
    const inputs = read({
      'fail-on': ' never ',
      'dry-run': 'true',
      'max-hosts': '3',
      'extra-vars': '{"a": false}',
    })
    expect(inputs).toMatchObject({ failOn: 'never', dryRun: true, maxHosts: 3, extraVars: { a: false } })
  })

  test('are reported all at once where they are bad, with what is valid and what was given', () => {
    const error = failure({ 'fail-on': 'errors', 'dry-run': 'yes', 'max-hosts': '0', 'extra-vars': '[1]' })
    expect(error.reason).toBe('input-invalid')
    for (const words of [
      '`fail-on` must be one of `error`, `warning`, `never`, but is "errors"',
      '`dry-run` must be `true` or `false`, but is "yes"',
      '`max-hosts` must be a whole number from 1 to 9, but is "0"',
      '`extra-vars`',
    ]) {
      expect(error.message).toContain(words)
    }
  })

  test('never repeat a value that could be a secret: variables, and what is as long as a key', () => {
    expect(failure({ 'extra-vars': 'hunter2' }).describe()).not.toContain('hunter2')
    const token = 'invented'.repeat(5)
    for (const name of ['fail-on', 'dry-run', 'max-hosts'])
      expect(failure({ [name]: token }).describe()).not.toContain(token)
  })

  test('repeat a bad value on one line, with every hidden character visible', () => {
    const { message } = failure({ 'fail-on': 'a"\n::error::\u202e\u001b' })
    expect(message).toContain(String.raw`but is "a\"\n::error::\u{202e}\u001b"`)
  })

  test('without a default are required', () => {
    expect(() => readInputs({ host: text() }, () => '')).toThrow('`host` is required')
  })

  test('come from the environment that the runner sets', () => {
    vi.stubEnv('INPUT_FAIL-ON', 'never')
    expect(stepInput('fail-on')).toBe('never')
    vi.unstubAllEnvs()
  })
})
