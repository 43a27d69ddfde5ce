import { expect, test } from 'vitest'
import { maskError, maskResult } from '../../src/actions/mask-result.ts'
import { ToolkitError } from '../../src/support/errors.ts'
import { createMasker } from '../../src/support/redaction.ts'

const { mask } = createMasker(['Tr0ub4dor-and-3', 'mas-cli-is-a-word'])

test('what findings, proofs, warnings and errors quote of a server is masked, wherever it stands', () => {
  const said = 'invalid type: found string "Tr0ub4dor-and-3"'
  const parts = { reason: 'syn2mas-failed', what: said, where: said, remedy: said } as const
  const result = maskResult(
    {
      report: {
        findings: [{ id: 'syn2mas/unrecognised', message: said }],
        proofs: [{ name: 'doctor', detail: said }],
        warnings: [said],
        failure: said,
      },
      error: new ToolkitError({ ...parts, cause: new Error('kept') }),
    },
    mask,
  )
  expect(JSON.stringify(result)).not.toContain('Tr0ub4dor')
  expect(result.error.describe()).not.toContain('Tr0ub4dor')
  expect(result.error).toMatchObject({ reason: 'syn2mas-failed', cause: { message: 'kept' } })
})

test('a field that is not listed as safe is masked, at any depth', () => {
  const secret = 'Tr0ub4dor-and-3'
  const result = maskResult(
    { brandNew: secret, deep: { lists: [[secret], { newer: secret }] }, id: 'a/b' },
    mask,
  )
  expect(result).toEqual({ brandNew: '***', deep: { lists: [['***'], { newer: '***' }] }, id: 'a/b' })
})

test('a text in a list or an object under a safe name is masked', () => {
  const secret = 'Tr0ub4dor-and-3'
  expect(maskResult({ name: [secret], host: { why: secret } }, mask)).toEqual({
    name: ['***'],
    host: { why: '***' },
  })
})

test('words of ours stay, though a secret reads the same', () => {
  const report = { dialect: 'mas-cli-is-a-word', counts: { users: 3, passwords: null }, steps: ['a'] }
  expect(maskResult(report, mask)).toEqual(report)
})

test('a bug keeps its stack', () => {
  const bug = new TypeError('x')
  expect(maskError(bug, mask)).toBe(bug)
})
