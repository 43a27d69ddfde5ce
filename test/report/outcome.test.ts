import { expect, test } from 'vitest'
import type { HostOutcome } from '../../src/domain/reports.ts'
import { renderOutcome } from '../../src/report/outcome.ts'

const failed: HostOutcome = {
  host: 'a.example.test',
  operation: 'rollback',
  ok: false,
  sentence: 'The rollback would discard changes. To continue, start it by hand.',
}
const notReached: HostOutcome = {
  host: 'b.example.test',
  operation: 'plan',
  ok: false,
  sentence: 'Not done.',
}

test('a rollback that failed is offered for its own host only: on another live server it would end all sessions', () => {
  const body = renderOutcome([failed, notReached], 'abc', {})
  expect(body).toContain('with operation: rollback, for `a.example.test`. Start it for each other host')
  expect(body).toContain('with the operation that this merge asks for there.')
})

test('nothing is said about other hosts where there are none', () => {
  const body = renderOutcome([failed], 'abc', {})
  expect(body).toContain('with operation: rollback, for `a.example.test`.\n')
  expect(body).not.toContain('other host')
})
