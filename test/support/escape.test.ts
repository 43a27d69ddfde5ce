import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  logText,
  markdownBlock,
  markdownCode,
  markdownSentence,
  markdownText,
  titleText,
  visible,
} from '../../src/support/escape.ts'
import { commandLines, parseNew, parseOld, runnerLines } from '../lab/runner/commands.ts'
import { printedAnnotation } from '../lab/runner/printed.ts'

const dangerous = fc.constantFrom(
  '::',
  ':',
  '##[',
  '#',
  '[',
  ']',
  '\n',
  '\r',
  '\r\n',
  '\u0085',
  '\u2028',
  ' ',
  '\t',
  '\v',
  '\ufeff',
  '\u200b',
  '\0',
  '\x1b[31m',
  '\x1b]8;;http://x\x07',
  'error',
  'add-mask',
  'set-output name=x',
  '%0A',
  '%25',
  '|',
  '`',
  '``',
  '<!--',
  '-->',
  '<img src=x onerror=y>',
  '@octocat',
  '@org/team',
  '#12',
  'GH-12',
  'https://evil.example',
  'www.evil.example',
  '[text](javascript:x)',
  '![i](u)',
  '\u202e',
  '\u2066',
  '\ud800',
  '\u00ad',
  '\u034f',
  '\ufe0e',
  '\u{e0100}',
  '\u2800',
  '\u3164',
  '\u{e0041}',
  '~~~',
  '***',
  '1. ',
  '- ',
  '=',
  '\\',
  '&lt;',
)
const nasty = fc
  .array(fc.oneof(dangerous, fc.string({ unit: 'binary' })), { maxLength: 12 })
  .map(parts => parts.join(''))

describe('text for a log', () => {
  test("never holds a line that either of the runner's parsers takes for a command", () => {
    fc.assert(
      fc.property(nasty, text => {
        expect(commandLines(logText(text))).toEqual([])
      }),
      { numRuns: 3000 },
    )
  })

  test('never holds a control, direction or other hidden character', () => {
    fc.assert(
      fc.property(nasty, text => {
        const hidden = /[\p{Cc}\p{Cs}\p{Cf}\p{Zl}\p{Zp}]|(?!\ufe0f)\p{Default_Ignorable_Code_Point}/u
        expect(logText(text).replaceAll('\n', '')).not.toMatch(hidden)
      }),
    )
  })

  test('stays as it is where there is nothing to fear', () => {
    expect(logText('PLAY [all] ***\nok: [host] => (item=a::b) 100 %')).toBe(
      'PLAY [all] ***\nok: [host] => (item=a::b) 100 %',
    )
  })

  test('shows what was hidden', () => {
    expect(visible('a\u202eb\x1b[31mc')).toBe('a\\u{202e}b\\u{1b}[31mc')
  })
})

describe('a title', () => {
  test('has at most 200 characters, no mention or reference, and no half of a character', () => {
    const long = fc.oneof(
      nasty,
      fc.string({
        unit: fc.constantFrom('@', '#', '👩', 'a', '1'),
        minLength: 200,
        maxLength: 600,
        size: 'max',
      }),
    )
    fc.assert(
      fc.property(long, text => {
        const title = titleText(text)
        expect(title.length).toBeLessThanOrEqual(200)
        expect(title).not.toMatch(/[@#](?=[^\u200b])|[\n\r]/)
        expect(title.isWellFormed()).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('an annotation', () => {
  test('is one command with any texts', () => {
    fc.assert(
      fc.property(nasty, nasty, (file, message) => {
        const lines = runnerLines(
          printedAnnotation({ severity: 'error', title: file, message, place: { file, startLine: 3 } }),
        )
        expect(lines).toHaveLength(1)
        const [line = ''] = lines
        const command = parseNew(line)
        expect(command?.command).toBe('error')
        expect(command?.message).toBe(logText(message))
        expect(command?.properties.line).toBe('3')
        expect(parseOld(line, 'any')).toBeUndefined()
      }),
      { numRuns: 2000 },
    )
  })
})

describe('text in Markdown', () => {
  test("is one line without HTML, mentions, links, references or a comment's marker", () => {
    fc.assert(
      fc.property(nasty, text => {
        for (const result of [markdownText(text), markdownSentence(text), markdownCode(text)]) {
          expect(result).not.toMatch(/[\n\r]/)
          expect(result).not.toContain('<!--')
        }
        expect(markdownText(text)).not.toMatch(/<|[^&]#\d|@[\w]|https?:\/\/|(?<!\\)[*_`~[\]|]/i)
      }),
      { numRuns: 3000 },
    )
  })

  test('cannot end its code span', () => {
    fc.assert(
      fc.property(nasty, text => {
        const span = markdownCode(text)
        const fence = /^`+/.exec(span)?.[0] ?? ''
        const inner = span.slice(fence.length, -fence.length)
        expect([...inner.matchAll(/`+/g)].map(([run]) => run.length)).not.toContain(fence.length)
        expect(inner).not.toMatch(/(?<!\\)\|/)
      }),
      { numRuns: 2000 },
    )
  })

  test('cannot end its block of code', () => {
    fc.assert(
      fc.property(nasty, text => {
        const lines = markdownBlock(text).split('\n')
        const fence = (lines[0] ?? '').replace('text', '')
        expect(lines.slice(1, -1).every(line => !line.trimStart().startsWith(fence))).toBe(true)
        expect(lines.at(-1)).toBe(fence)
      }),
    )
  })

  test.each([
    ['ask @octocat', 'ask @&#8203;octocat'],
    ['see #12', 'see #&#8203;12'],
    ['a <b> & c', 'a &#60;b&#62; &#38; c'],
    ['x|y', 'x\\|y'],
  ])('%j is written %j', (text, expected) => {
    expect(markdownText(text)).toBe(expected)
  })

  test('keeps the code of our own sentences', () => {
    expect(markdownSentence('`a|b` is not *set*')).toBe('`a\\|b` is not \\*set\\*')
  })
})
