import { expect, test } from 'vitest'
import { renderIncident, uncheckedErrors } from '../../src/report/health.ts'
import { outcomeMarker, renderOutcome } from '../../src/report/outcome.ts'
import { finding, health } from './samples.ts'

test('the issue of a host with many long findings fits GitHub’s limit, and keeps its history and what to do first', () => {
  const long = 'a long text with `code` and words '.repeat(60)
  const findings = Array.from({ length: 500 }, (_, index) => ({
    ...finding,
    id: `doctor/check-${index}`,
    message: `${index}: ${long}`,
    remedy: long,
  }))
  const at = '2026-11-28T03:17:22Z'
  const incident = { since: at, previous: '', at, pages: undefined, run: undefined }
  const body = renderIncident({ ...health, findings }, incident)
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(65_000)
  expect(body).toContain('What to do first:')
  expect(body).toMatch(/<!-- history: .+ -->$/)
})

test('the issue of a host whose history somebody changed takes no longer than before', () => {
  const previous = `<!-- history: 2026-11-28T03:17:22Z ${'a/aa'.repeat(10_000)}! -->`
  expect(uncheckedErrors(health, previous)).toEqual([])
})

test('the outcome of a merge with many hosts fits GitHub’s limit, and says where the rest is', () => {
  const outcomes = Array.from({ length: 100 }, (_, index) => {
    return { host: `host-${index}`, operation: 'migrate', ok: false, sentence: 'x'.repeat(1000) } as const
  })
  const body = renderOutcome(outcomes, 'abc', {})
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(65_000)
  expect(body.startsWith(outcomeMarker)).toBe(true)
  expect(body).toContain('host-0')
  expect(body).toContain('The whole report is in the log')
})
