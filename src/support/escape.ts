/**
 * Characters that are not visible as themselves: control characters except the tab, direction and joining controls, line separators,
 * fillers, tags, variation selectors and lone surrogates. The emoji selector is allowed after an emoji.
 */
const hidden =
  /(?!(?<=\p{Extended_Pictographic})\ufe0f)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u202f\u2800]/gu

/** Writes hidden characters as `\u{202e}`. This includes newlines: split lines first. */
export function visible(text: string): string {
  if (/^[ -~]*$/.test(text)) return text
  return text.replace(hidden, char =>
    char === '\t' ? ' ' : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`,
  )
}

/** Breaks up what GitHub would link. `visible` leaves none of it in the text itself. */
const zeroWidth = '\u200b'

function linesOf(text: string): string[] {
  return text.split(/\r\n|\n|\r/)
}

/**
 * Untrusted text for a job's log: no terminal codes, and no line that the runner reads as a workflow command, in the new form
 * (`::name::` at the start of a line) or the old one (`##[name]` anywhere). Newlines stay.
 */
export function logText(text: string): string {
  return linesOf(text)
    .map(line => disarm(visible(line)))
    .join('\n')
}

function disarm(line: string): string {
  return line.replace(/^(\s*):(?=:)/, '$1: ').replaceAll('##[', '## [')
}

/**
 * Untrusted text as literal Markdown on one line, also in a table's cell: no markup, HTML, links, mentions, emoji (GitHub shows some as
 * images), or references to issues and commits.
 */
export function markdownText(text: string): string {
  return unlinked(text)
    .replace(/[&<>"']/g, entity)
    .replace(/[\\`*_{}[\]()|~$^=+!-]/g, '\\$&')
    .replace(/^(\s*)(\d+)\./, '$1$2\\.')
    .replaceAll(zeroWidth, '&#8203;')
}

/** The same inside of an HTML element at the start of a line, in which GitHub reads no Markdown but still makes links. */
export function markdownHtml(text: string): string {
  return unlinked(text)
    .replace(/[&<>"'`]/g, entity)
    .replaceAll(zeroWidth, '&#8203;')
}

function unlinked(text: string): string {
  return disarm(visible(linesOf(text).join(' ')))
    .replace(/@|#|:(?=\/\/|(?!\d\d\b)[\w+-])|www(?=\.)|GH(?=-)/gi, `$&${zeroWidth}`)
    .replace(/\b[0-9a-f]{7,40}\b/gi, hash => hash.replace(/.{4}(?=.)/g, `$&${zeroWidth}`))
}

const entity = (char: string) => `&#${char.charCodeAt(0)};`

/** Untrusted text as a code span on one line, also in a table's cell. GitHub makes no mentions or links in it. */
export function markdownCode(text: string): string {
  const line = disarm(visible(linesOf(text).join(' ')))
    .replaceAll('<!--', '<! --')
    .replaceAll('\\|', '\\ |')
    .replaceAll('|', '\\|')
  if (line.trim() === '') return '` `'
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const blank = line.startsWith('`') || line.endsWith('`') || /^ .* $/.test(line) ? ' ' : ''
  return `${fence}${blank}${line}${blank}${fence}`
}

/** A sentence with untrusted parts: text between backticks becomes a code span, the rest literal text. */
export function markdownSentence(text: string): string {
  const parts = text.split(/(`[^`\n]+`)/).filter(Boolean)
  return joinMarkdown(
    parts.map(part => (/^`[^`]+`$/.test(part) ? markdownCode(part.slice(1, -1)) : markdownText(part))),
  )
}

/**
 * Joins pieces of Markdown on a line, so that none of them completes what another begins: an address, an emoji, a commit, or the fence
 * of a span of code.
 */
export function joinMarkdown(parts: readonly string[]): string {
  return parts.reduce((text, part) => {
    const isRead = /[\w:]$/.test(text) && /^\\?[\w.:/+-]/.test(part)
    const isFence = text.endsWith('`') && part.startsWith('`')
    return `${text}${isRead || isFence ? '&#8203;' : ''}${part}`
  }, '')
}

/** Untrusted text as a fenced block of code. Newlines stay. */
export function markdownBlock(text: string, language: 'text' | 'diff' = 'text'): string {
  const body = linesOf(text)
    .map(line => disarm(visible(line)).replaceAll('<!--', '<! --'))
    .join('\n')
  const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${body}\n${fence}`
}

/**
 * Lines as the body of a comment by which GitHub replaces those that it is on. They are written as they are.
 * @returns undefined where a character is hidden: what a person sees would not be what is committed.
 */
export function markdownSuggestion(lines: readonly string[]): string | undefined {
  if (lines.some(line => /[\r\n]/.test(line) || disarm(visible(line)) !== line)) return undefined
  const runs = lines.flatMap(line => [...line.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(Math.max(2, ...runs) + 1)
  return [`${fence}suggestion`, ...lines, fence].join('\n')
}

/** Untrusted text on one line, for an element or a quoted attribute of HTML. */
export function htmlText(text: string): string {
  return visible(linesOf(text).join(' ')).replace(/[&<>"'`]/g, entity)
}

/** Untrusted text as the title of an issue, of at most 200 characters, without mentions and references. */
export function titleText(text: string): string {
  const line = disarm(visible(linesOf(text).join(' '))).replace(/[@#]/g, `$&${zeroWidth}`)
  return line.slice(0, 200).replace(/[\ud800-\udbff]$/, '')
}

/**
 * A value as JSON, for a file that may be shown in a log or an editor. Hidden characters and the start of a workflow command are
 * written as JSON escapes, so the text parses to the same value. Ends with a newline.
 */
export function jsonText(value: unknown): string {
  const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
  const json = JSON.stringify(value, undefined, 2)
    .split('\n')
    .map(line => line.replace(hidden, chars => chars.split('').map(escaped).join('')))
  return `${json.join('\n').replaceAll('##[', '#\\u0023[')}\n`
}
