import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { visibilityOf } from '../../src/actions/validate-config/visibility.ts'

const folder = mkdtempSync(join(tmpdir(), 'event-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function seenIn(event: string) {
  const path = join(folder, 'event.json')
  writeFileSync(path, event)
  return visibilityOf({ GITHUB_EVENT_PATH: path })
}

describe('who can read the repository', () => {
  test('is what the event says', () => {
    expect(seenIn('{"repository": {"private": false}}')).toEqual({ visibility: 'public' })
    expect(seenIn('{"repository": {"private": true}}')).toEqual({ visibility: 'private' })
  })

  test.each(['', '{', 'null', '[]', '{"repository": null}', '{"repository": {"private": "no"}}'])(
    'is not known from the event %j',
    event => expect(seenIn(event)).toEqual({}),
  )

  test('is not known outside of a runner', () => {
    expect(visibilityOf({})).toEqual({})
    expect(visibilityOf({ GITHUB_EVENT_PATH: join(folder, 'nowhere') })).toEqual({})
  })
})
