import fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { expect, test } from 'vitest'
import { renderDocument } from '../../src/cli/document.ts'
import {
  block,
  code,
  type Document,
  folded,
  heading,
  type Inline,
  isAddress,
  lines,
  link,
  list,
  marker,
  note,
  strong,
  table,
} from '../../src/report/document.ts'
import { renderHtml } from '../../src/report/html.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { fakeScreen } from '../cli/screen.ts'
import { commandLines } from '../lab/runner/commands.ts'

const pieces = [
  ...[
    '`',
    '``',
    '```',
    '````\n',
    '~~~\n',
    '```suggestion\nx: 1\n```',
    '|',
    '\\',
    '\\|',
    '<',
    '>',
    '<!--',
    '-->',
  ],
  ...[
    '<img src=x>',
    '<b>',
    '</details>',
    '</pre>',
    '</main>',
    '<script>alert(1)</script>',
    '<br>',
    '&lt;',
    '&#60;',
  ],
  ...['[a](http://x.y)', '![i](u)', '[x]: http://x.y\n', '[x]', '[^1]', '[^1]: note', '- [ ] x', '](', '")'],
  ...['@octocat', '@org/team', '#12', 'GH-12', 'o/r#1', 'https://e.example', 'www.e.example', 'a@b.example'],
  ...[
    'mailto:a@b.c',
    'ftp://x.y',
    'xmpp:a@b',
    ':octocat:',
    ':smile:',
    '$x$',
    '$$',
    'deadbeefdeadbeef',
    '::error::x',
  ],
  ...[
    '*x*',
    '**',
    '_x_',
    '~~x~~',
    '\n',
    '\n\n',
    '\r',
    '# ',
    '- ',
    '1. ',
    '+ ',
    '> ',
    '> [!NOTE]\n',
    '===',
    '---\n',
  ],
  ...[
    '    ',
    '\t',
    '| a | b |\n| - | - |\n',
    '##[group]',
    '%%{init: {}}%%',
    '\n```\n@octocat\n',
    '" onload="x',
    "'",
    '\u001b[31m',
    '\u202e',
  ],
]
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 8 })
  .map(parts => parts.join(''))

const inline: fc.Arbitrary<Inline> = fc.oneof(
  hostile,
  hostile.map(code),
  hostile.map(strong),
  fc
    .tuple(
      fc.oneof(hostile, hostile.map(code)),
      fc.oneof(
        hostile.filter(address => !isAddress(address)),
        fc.constant('https://ours.example/a#b'),
      ),
    )
    .map(([label, address]) => link(label, address)),
)
const text = fc.array(inline, { maxLength: 4 })
const leaf: fc.Arbitrary<Document> = fc.oneof(
  text.map(parts => [heading(2, ...parts)]),
  fc.array(text, { maxLength: 3 }).map(all => [lines(...all)]),
  fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 3 }).map(rows => table(['One', 'Two'], rows)),
  fc
    .tuple(hostile, fc.constantFrom('text' as const, 'diff' as const))
    .map(([body, language]) => [block(body, language)]),
  text.map(parts => [note(...parts)]),
  fc
    .array(fc.record({ name: hostile, seconds: fc.double({ min: 0, max: 1e4, noNaN: true }) }), {
      minLength: 1,
      maxLength: 3,
    })
    .map(
      (bars): Document => [
        { kind: 'timeline', sections: [{ name: bars[0]?.name ?? '', isDown: true, bars }] },
      ],
    ),
)
const document: fc.Arbitrary<Document> = fc
  .array(
    fc.oneof(
      leaf,
      fc.array(leaf, { minLength: 1, maxLength: 3 }).map(list),
      fc.tuple(hostile, leaf).map(([summary, inside]) => folded(summary, inside)),
    ),
    { maxLength: 5 },
  )
  .map(all => all.flat())

const toHtml = (markdown: string) =>
  micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true })

/** The shape of a document in HTML: its elements in order, without what they say. */
function elementsOf(html: string): readonly string[] {
  return html.match(/<[^>]*>/g) ?? []
}

const ours =
  /^<\/?(?:h2|h3|p|br|ul|li|table|thead|tbody|tr|th|td|pre|code|strong|details|summary|sub)(?: \/)?>$|^<code class="language-(?:text|diff|mermaid)">$|^<a href="https:\/\/ours\.example\/a#b">$|^<\/a>$/

test('no text makes an element, a link, an image or a suggestion in Markdown', () => {
  fc.assert(
    fc.property(document, parts => {
      const html = toHtml(renderMarkdown(parts))
      for (const element of elementsOf(html)) expect(element).toMatch(ours)
    }),
    { numRuns: 400 },
  )
})

test('no text changes which elements a document has, in Markdown and in HTML', () => {
  /** The same document with plain words for every text. */
  const plain = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(plain)
    if (typeof value !== 'object' || value === null) return typeof value === 'string' ? 'word' : value
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) =>
        key === 'kind' || key === 'language' || key === 'address' ? [key, each] : [key, plain(each)],
      ),
    )
  }
  const count = (html: string) => {
    const kept = elementsOf(html).filter(element => !/^<\/?(?:code|strong|p|br)\b/.test(element))
    return kept
      .join('')
      .replace(/aria-label="[^"]*"/g, '')
      .replace(/<rect[^>]*>/g, '')
  }
  const filled = document.filter(parts => !/""|"\s+"/.test(JSON.stringify(parts)))
  fc.assert(
    fc.property(filled, parts => {
      const words = plain(parts) as Document
      expect(count(toHtml(renderMarkdown(parts)))).toBe(count(toHtml(renderMarkdown(words))))
      expect(count(renderHtml('t', parts))).toBe(count(renderHtml('t', words)))
    }),
    { numRuns: 400 },
  )
})

test('outside of code, no text is a mention, a reference or an address that GitHub would link', () => {
  fc.assert(
    fc.property(document, parts => {
      const html = toHtml(renderMarkdown(parts))
      const prose = html
        .replace(/<(code|pre)[^>]*>[\s\S]*?<\/\1>/g, '\u200b')
        .replace(/<[^>]*>/g, '\u200b')
        .replace(/&#?\w+;/g, '\u200b')
      expect(prose).not.toMatch(/@\w|#\d|:\/\/|www\.|GH-\d|(?<!\d):(?!\d\d\b)[\w+-]+:|\b[0-9a-f]{7,40}\b/)
    }),
    { numRuns: 400 },
  )
})

test('no line is a command to the runner', () => {
  fc.assert(
    fc.property(document, parts => {
      expect(commandLines(renderMarkdown(parts))).toEqual([])
    }),
  )
})

test('no text makes an element or an attribute in HTML', () => {
  fc.assert(
    fc.property(hostile, document, (title, parts) => {
      const html = renderHtml(title, parts)
      const body = html.slice(html.indexOf('<body>'))
      for (const element of elementsOf(body)) {
        expect(element).toMatch(
          /^<\/?(?:body|main|html|h1|h2|h3|p|br|ul|li|table|thead|tbody|tr|th|td|pre|code|strong|details|summary|svg|div|a)>$|^<(?:th scope="col"|details open|p class="note"|ul class="key"|strong class="down"|a href="https:\/\/ours\.example\/a#b")>$|^<(?:svg|rect|div class="wide")(?: [\w-]+="[^"<>]*")+\/?>$/i,
        )
      }
      expect(html.match(/<script|<style>/g)).toEqual(['<style>'])
    }),
    { numRuns: 400 },
  )
})

test('a link has a plain address, or is none', () => {
  for (const address of [
    'javascript:alert(1)',
    'https://x.y/)',
    'https://x.y/"',
    'https://x.y/ z',
    '//x.y',
    'https://x.y/<b>',
  ]) {
    expect(renderMarkdown([lines([link('label', address)])])).toBe('label')
    expect(renderHtml('t', [lines([link('label', address)])])).not.toContain('<a')
  }
})

test('a marker cannot end its comment', () => {
  expect(() => renderMarkdown([marker('a --> b')])).toThrow()
  expect(() => renderMarkdown([marker('a\nb')])).toThrow()
  expect(renderMarkdown([marker('matrix-auth-actions: outcome')])).toBe(
    '<!-- matrix-auth-actions: outcome -->',
  )
})

test('a list keeps the code of its items whole', () => {
  const parts = list([[lines(['one']), block('a\n\n  b\n- c')], [lines(['two'])]])
  expect(toHtml(renderMarkdown(parts))).toContain('<code class="language-text">a\n\n  b\n- c\n</code>')
})

test('no text makes a code of a terminal, or turns what is beside it', () => {
  fc.assert(
    fc.property(document, fc.boolean(), (blocks, isTerminal) => {
      const shown = renderDocument(blocks, fakeScreen({ isTerminal }))
      expect(shown).not.toMatch(/[^\n\P{Cc}]|\u202e/u)
    }),
  )
})
