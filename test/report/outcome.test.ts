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

test('a merge that was refused as a whole says that no server was changed', () => {
  const refused = { host: '', operation: 'plan', ok: false, sentence: 'The vars have errors.' } as const
  const body = renderOutcome([refused], 'abc', {})
  expect(body).toContain('❌ The merge was not applied\n')
  expect(body).toContain('No server was changed')
  const failed = { host: 'a', operation: 'migrate', ok: false, sentence: 'It failed.' } as const
  expect(renderOutcome([failed], 'abc', {})).not.toContain('No server was changed')
})
