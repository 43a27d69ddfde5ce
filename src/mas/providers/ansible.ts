import type { Scalar } from 'yaml'

const text = /(?:[^{]|\{(?![{%#]))+/y
const raw = /\{%([-+]?)\s*raw\s*(-?)%\}([\s\S]*?)\{%([-+]?)\s*endraw\s*(?:(-)%\}|\+%\}|%\}\n?)/y
/** Without a backslash: Ansible before 2.19 reads it as a text, and later ones as Jinja does. */
const quoted = /\{\{(-?)\s*(?:'([^'\\]*)'|"([^"\\]*)")\s*(-?)\}\}/y
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
    const [, before, single, double = '', after] = literal
    const trimming = { trimsBefore: before === '-', trimsAfter: after === '-' }
    return { content: single ?? double, end: quoted.lastIndex, ...trimming }
  }
  const open = matched(expression)
  return open && isForSynapse(open[0]) ? { content: open[0], end: expression.lastIndex } : undefined
}

function isForSynapse(part: string): boolean {
  const names = part.replace(/'[^']*'|"[^"]*"/g, "''").matchAll(/(?<![\w.])(?<!\|\s*)[A-Za-z_]\w*/g)
  const words = [...names].map(([name]) => name)
  return words.length > 0 && words.every(name => known.test(name))
}
