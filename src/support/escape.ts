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
 * Untrusted text as literal Markdown on one line, also in a table's cell: no markup, HTML, links, mentions, or references to issues
 * and commits.
 */
export function markdownText(text: string): string {
  return disarm(visible(linesOf(text).join(' ')))
    .replace(/@|#|:(?=\/\/)|www(?=\.)|GH(?=-)/gi, `$&${zeroWidth}`)
    .replace(/\b[0-9a-f]{7,40}\b/gi, hash => `${hash.slice(0, 4)}${zeroWidth}${hash.slice(4)}`)
    .replace(/[&<>"']/g, char => `&#${char.charCodeAt(0)};`)
    .replace(/[\\`*_{}[\]()|~$^=+!-]/g, '\\$&')
    .replace(/^(\s*)(\d+)\./, '$1$2\\.')
    .replaceAll(zeroWidth, '&#8203;')
}

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
  return text
    .split(/(`[^`\n]+`)/)
    .map(part => (/^`[^`]+`$/.test(part) ? markdownCode(part.slice(1, -1)) : markdownText(part)))
    .join('')
}

/** Untrusted text as a fenced block of code. Newlines stay. */
export function markdownBlock(text: string): string {
  const body = linesOf(text)
    .map(line => disarm(visible(line)).replaceAll('<!--', '<! --'))
    .join('\n')
  const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}text\n${body}\n${fence}`
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
