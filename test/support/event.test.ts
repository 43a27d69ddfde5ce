import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isTextEdit, pushTime } from '../../src/support/event.ts'

test('a push has the time at which its commits came; other events have none', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'event-')), 'event.json')
  const of = (name: string, event: object) => {
    writeFileSync(file, JSON.stringify(event))
    return pushTime({ GITHUB_EVENT_PATH: file, GITHUB_EVENT_NAME: name })
  }
  const event = { repository: { pushed_at: 1_780_000_000 } }
  expect(of('push', event)).toEqual(new Date('2026-05-28T20:26:40Z'))
  expect(of('push', {})).toBeUndefined()
  expect(of('workflow_dispatch', event)).toBeUndefined()
})

test('an edit of a pull request is one of its text, unless its base changed', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'event-')), 'event.json')
  const isText = (event: object) => {
    writeFileSync(file, JSON.stringify(event))
    return isTextEdit({ GITHUB_EVENT_PATH: file })
  }
  expect(isText({ action: 'edited', changes: { title: { from: 'a' } } })).toBe(true)
  expect(isText({ action: 'edited', changes: { base: { ref: { from: 'a' } } } })).toBe(false)
  expect(isText({ action: 'opened' })).toBe(false)
})
