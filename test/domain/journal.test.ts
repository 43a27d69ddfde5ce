import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type JournalEntry, journalLine, parseJournal, summarizeJournal } from '../../src/domain/journal.ts'

function entry(seq: number, parts: Partial<JournalEntry> = {}): JournalEntry {
  return { seq, at: '2026-01-01T00:00:00.000Z', run: 'r1', fence: 1, event: 'note', ...parts }
}

function written(...parts: readonly Partial<JournalEntry>[]): string {
  return parts.map((part, index) => journalLine(entry(index + 1, part))).join('')
}

describe('a journal', () => {
  test('can be read back', () => {
    const entries = [
      entry(1, { event: 'begin' }),
      entry(2, { step: 'lock', data: { note: 'a "quoted"\nline' } }),
    ]
    expect(parseJournal(entries.map(journalLine).join(''))).toEqual({ entries, torn: false })
  })

  test('ignores a last line that was cut off', () => {
    const whole = written({ event: 'begin' }, { event: 'step-begin', step: 'lock' })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), cut => {
        const journal = parseJournal(whole.slice(0, -cut))
        expect(journal.damagedLine).toBeUndefined()
        expect(journal.torn).toBe(true)
        expect(journal.entries).toHaveLength(1)
      }),
    )
  })

  test('detects any changed character', () => {
    const text = written({ event: 'begin' }, { step: 'lock' }, { event: 'end', outcome: 'migrated' })
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: text.length - 2 }),
        fc.constantFrom('x', '7', '"', ' '),
        (at, char) => {
          fc.pre(text[at] !== char && text[at] !== '\n')
          expect(parseJournal(text.slice(0, at) + char + text.slice(at + 1)).damagedLine).toBeDefined()
        },
      ),
    )
  })

  test('detects a removed line', () => {
    const lines = written({ event: 'begin' }, { step: 'a' }, { step: 'b' }).split('\n')
    expect(parseJournal([lines[0], lines[2], ''].join('\n')).damagedLine).toBe(2)
  })
})

describe('the summary of a journal', () => {
  test.each([
    ['none', []],
    ['unfinished', [{ event: 'begin' }, { event: 'step-done', step: 'lock' }]],
    ['proven', [{ event: 'begin' }, { event: 'proven' }]],
    ['unfinished', [{ event: 'begin' }, { event: 'proven' }, { event: 'undo-begin', step: 'finish' }]],
    ['migrated', [{ event: 'begin' }, { event: 'proven' }, { event: 'end', outcome: 'migrated' }]],
    ['rolled-back', [{ event: 'begin' }, { event: 'end', outcome: 'rolled-back' }]],
    ['unfinished', [{ event: 'begin' }, { event: 'end', outcome: 'rolled-back' }, { event: 'begin' }]],
  ] as const)('says %s', (state, parts) => {
    expect(summarizeJournal(written(...parts)).state).toBe(state)
  })

  test('contains the run and the last step', () => {
    const text = written({ event: 'begin' }, { event: 'step-begin', step: 'backup' }, { event: 'signal' })
    expect(summarizeJournal(text)).toMatchObject({ run: 'r1', lastStep: 'backup' })
  })

  test('is `damaged` if a line was changed', () => {
    expect(summarizeJournal(written({ event: 'begin' }).replace('r1', 'r2')).state).toBe('damaged')
  })

  test('is `none` without a file', () => {
    expect(summarizeJournal(undefined).state).toBe('none')
  })
})
