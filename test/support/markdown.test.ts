import fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, test } from 'vitest'
import { markdownBlock, markdownCode, markdownSentence, markdownText } from '../../src/support/escape.ts'

const pieces = [
  ...[
    '`',
    '``',
    '|',
    '\\',
    '\\|',
    '<',
    '>',
    '<!--',
    '-->',
    '<img src=x>',
    '<b>',
    '[a](http://x.y)',
    '![i](u)',
    '[x]',
    '[^1]',
  ],
  ...[
    '@octocat',
    '#12',
    'GH-12',
    'o/r#1',
    'https://e.example',
    'www.e.example',
    'a@b.example',
    'mailto:a@b.c',
    'ftp://x.y',
  ],
  ...[
    '*x*',
    '_x_',
    '~~x~~',
    '$x$',
    '&lt;',
    '&#60;',
    '&amp;',
    '\n',
    '\r',
    '# ',
    '- ',
    '1. ',
    '+ ',
    '> ',
    '===',
    '---',
    '    ',
    '\t',
    ':smile:',
  ],
]
const nasty = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 10 })
  .map(parts => parts.join(''))
const render = (markdown: string) =>
  micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true })
const plainTags = /^<\/?(?:p|code|pre|table|thead|tbody|tr|th|td)>$/

describe.each([
  ['markdownText', markdownText],
  ['markdownSentence', markdownSentence],
  ['markdownCode', markdownCode],
])('text escaped by %s, rendered', (_, escapeText) => {
  test('is text in the one cell of a table that it was put into', () => {
    fc.assert(
      fc.property(nasty, text => {
        const html = render(`| a | b |\n| --- | --- |\n| ${escapeText(text)} | end |`)
        for (const tag of html.match(/<[^>]*>/g) ?? []) expect(tag).toMatch(plainTags)
        expect(html.match(/<td>/g)).toHaveLength(2)
        expect(html).toContain('<td>end</td>')
      }),
      { numRuns: 1500 },
    )
  })

  test('is text in a paragraph, and outside of code nothing that GitHub would link', () => {
    fc.assert(
      fc.property(nasty, text => {
        const html = render(`so: ${escapeText(text)}`)
        for (const tag of html.match(/<[^>]*>/g) ?? []) expect(tag).toMatch(plainTags)
        const prose = html.replace(/<code>[\s\S]*?<\/code>/g, '').replace(/&(?:#\d+|\w+);/g, '')
        expect(prose).not.toMatch(/@\w|#\d|https?:\/\/|www\.|GH-\d/)
      }),
      { numRuns: 1500 },
    )
  })
})

describe('a block of code, rendered', () => {
  test('ends where we end it', () => {
    fc.assert(
      fc.property(nasty, text => {
        expect(render(`${markdownBlock(text)}\n\nafter`)).toMatch(/<\/code><\/pre>\n<p>after<\/p>$/)
      }),
    )
  })
})
