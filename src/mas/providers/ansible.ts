import type { Scalar } from 'yaml'

const text = /(?:[^{]|\{(?![{%#]))+/y
const raw = /\{%([-+]?)\s*raw\s*(-?)%\}([\s\S]*?)\{%([-+]?)\s*endraw\s*(?:(-)%\}|\+%\}|%\}\n?)/y
const quoted = /\{\{(-?)\s*('(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*")\s*(-?)\}\}/y
const expression = /\{(?:\{(?:'[^'{}]*'|"[^"{}]*"|[^'"{}])*\}|%(?:'[^'{}]*'|"[^"{}]*"|[^'"{}])*%)\}/y

/** Words of Jinja, and the variable that Synapse defines. */
const known = /^(?:user|if|elif|else|endif|and|or|not|is|in|defined|none|true|false)$/i

/**
 * The template that Synapse gets: Ansible evaluates a template of the vars first. The escapes are `{% raw %}` and a quoted text,
 * such as `{{ '{{ user.name }}' }}`. An expression of Synapse without an escape stays: Ansible would stop at it.
 *
 * @returns `undefined` if that depends on more than the text.
 */
export function templateForSynapse(source: Scalar): string | undefined {
  const template = String(source.value ?? '')
  if (source.tag === '!unsafe') return template
  if (source.tag === '!vault' || template.startsWith('#jinja2:')) return undefined
  let [result, at, trims] = ['', 0, false]
  while (at < template.length) {
    const piece = pieceAt(template, at)
    if (!piece) return undefined
    const { content, end, trimsBefore = false, trimsAfter = false } = piece
    result = (trimsBefore ? result.trimEnd() : result) + (trims ? content.trimStart() : content)
    trims = trimsAfter
    at = end
  }
  return /\{%[-+]?\s*(?:end)?raw\b/.test(result) ? undefined : result
}

interface Piece {
  readonly content: string
  readonly end: number
  readonly trimsBefore?: boolean
  readonly trimsAfter?: boolean
}

function pieceAt(template: string, at: number): Piece | undefined {
  const matched = (pattern: RegExp) => {
    pattern.lastIndex = at
    return pattern.exec(template)
  }
  const plain = matched(text)
  if (plain) return { content: plain[0], end: text.lastIndex }
  const block = matched(raw)
  if (block) {
    const [, before, start, content = '', finish, after] = block
    const begun = start === '-' ? content.trimStart() : content
    const inside = finish === '-' ? begun.trimEnd() : begun
    return { content: inside, end: raw.lastIndex, trimsBefore: before === '-', trimsAfter: after === '-' }
  }
  const literal = matched(quoted)
  if (literal) {
    const [, before, word = '', after] = literal
    const content = textOf(word)
    const trimming = { trimsBefore: before === '-', trimsAfter: after === '-' }
    return content === undefined ? undefined : { content, end: quoted.lastIndex, ...trimming }
  }
  const open = matched(expression)
  return open && isForSynapse(open[0]) ? { content: open[0], end: expression.lastIndex } : undefined
}

function isForSynapse(part: string): boolean {
  const names = part.replace(/'[^']*'|"[^"]*"/g, "''").matchAll(/(?<![\w.])(?<!\|\s*)[A-Za-z_]\w*/g)
  const words = [...names].map(([name]) => name)
  return words.length > 0 && words.every(name => known.test(name))
}

const escapes: Readonly<Record<string, string>> = {
  '\n': '',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** The text of a string literal. Jinja reads it as Python's codec `unicode_escape` (jinja2/lexer.py, `wrap`). */
function textOf(literal: string): string | undefined {
  const inside = literal.slice(1, -1)
  if (/\\[NU]/.test(inside)) return undefined
  return inside.replace(
    /\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|([0-7]{1,3})|([\s\S]))/g,
    (whole, byte?: string, unit?: string, octal?: string, letter = '') => {
      const digits = byte ?? unit
      if (digits !== undefined) return String.fromCharCode(Number.parseInt(digits, 16))
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8))
      return escapes[letter] ?? (/['"\\]/.test(letter) ? letter : whole)
    },
  )
}
