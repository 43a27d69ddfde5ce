import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type JournalEntry, outcomeOf, parseJournal } from '../../src/domain/journal.ts'
import corpus from './journal-corpus.json' with { type: 'json' }

function entry(seq: number, parts: Partial<JournalEntry> = {}): JournalEntry {
  return { seq, at: '2026-01-01T00:00:00.000Z', uptime: seq, boot: 'b', event: 'progress', ...parts }
}

function line(value: unknown): string {
  const body = JSON.stringify(value)
  return `${body.slice(0, -1)},"sum":"${createHash('sha256').update(body).digest('hex')}"}\n`
}

const written = [
  entry(1, { event: 'commit' }),
  entry(2, { event: 'begin', step: 'stop', data: { note: 'a "quoted"\nline' } }),
  entry(3, { event: 'end', data: { outcome: 'migrated' } }),
]
const text = written.map(line).join('')

describe('a journal', () => {
  test.each(corpus)('is read as it counts: $name', ({ text, seqs, outcome }) => {
    const entries = parseJournal(text)
    expect(entries.map(({ seq }) => seq)).toEqual(seqs)
    expect(outcomeOf(entries) ?? null).toBe(outcome)
  })

  test('can be read back', () => {
    expect(parseJournal(text)).toEqual(written)
    expect(outcomeOf(parseJournal(text))).toBe('migrated')
  })

  test('does not count a line that was cut off or changed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length - 2 }), fc.constantFrom('x', '7', ''), (at, put) => {
        fc.pre(text[at] !== put && text[at] !== '\n')
        const hit = text.slice(0, at).split('\n').length
        const read = parseJournal(text.slice(0, at) + put + text.slice(at + 1))
        expect(read).toEqual(written.filter(({ seq }) => seq !== hit))
      }),
    )
  })

  test('does not count doubled, reordered and foreign lines, and goes on after them', () => {
    const [first = '', second = '', third = ''] = written.map(line)
    const foreign = line({ seq: 9, event: 'proven' })
    for (const other of [
      first + first + second + third,
      first + second + first + third,
      `not json\n${first}{"seq":2}\n${second}${foreign}${third}`,
      `${first}${second.slice(0, 20)}\n${second}${third}`,
    ]) {
      expect(parseJournal(other)).toEqual(written)
    }
    expect(parseJournal(second + first).map(({ seq }) => seq)).toEqual([2])
  })

  test('has the outcome of its first end, and none without one', () => {
    const again = entry(4, { event: 'end', data: { outcome: 'restored' } })
    expect(outcomeOf([...written, again])).toBe('migrated')
    expect(outcomeOf(written.slice(0, 2))).toBeUndefined()
    expect(outcomeOf([entry(1, { event: 'end', data: { outcome: 'proven' } })])).toBeUndefined()
  })
})
