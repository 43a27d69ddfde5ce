import type { Bare } from './value.ts'

const delimiters = /\{\{|\{%|\{#/
/** The placeholder of SOPS for an encrypted value. */
const sops = /^ENC\[AES256_GCM,data:[^\]]*\]$/
const rawStart = /\{%([-+]?)\s*raw\s*(?:-%\}\s*|%\})/g
const rawEnd = /\{%([-+]?)\s*endraw\s*(?:\+%\}|-%\}\s*|%\}\n?)/g

/**
 * The value that Ansible derives from a string: the string itself, the literal text of `{% raw %}` blocks, `vault` if SOPS
 * encrypted it, or `unknown` if Jinja must be evaluated. Whitespace follows Ansible's Jinja settings (`trim_blocks`,
 * `preserve_trailing_newlines`).
 */
export function templated(text: string): Bare {
  if (text.startsWith('#jinja2:')) return jinja(text)
  if (!delimiters.test(text)) return sops.test(text) ? { kind: 'vault' } : { kind: 'string', value: text }
  let result = ''
  for (const { outside, content } of parts(text)) {
    if (delimiters.test(outside)) return jinja(text)
    result += outside + (content ?? '')
  }
  const literal = withNewlinesOf(text, result.replace(/\r\n?/g, '\n'))
  return literal === '' ? jinja(text) : { kind: 'string', value: literal }
}

function jinja(source: string): Bare {
  return { kind: 'unknown', source }
}

interface Part {
  readonly outside: string
  /** The content of the raw block after it; absent after the last part and for an unclosed block. */
  readonly content?: string
}

/** Splits a text at its raw blocks, in linear time. */
function* parts(text: string): Generator<Part> {
  let end = 0
  for (;;) {
    const start = execAt(rawStart, text, end)
    const close = start && execAt(rawEnd, text, start.index + start[0].length)
    if (!start || !close) break
    const outside = text.slice(end, start.index)
    const content = text.slice(start.index + start[0].length, close.index)
    yield {
      outside: start[1] === '-' ? outside.trimEnd() : outside,
      content: close[1] === '-' ? content.trimEnd() : content,
    }
    end = close.index + close[0].length
  }
  yield { outside: text.slice(end) }
}

function execAt(pattern: RegExp, text: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from
  return pattern.exec(text)
}

/** The text with the content of its raw blocks; `undefined` if other Jinja in it could produce more than values, such as lines. */
export function withValues(text: string): string | undefined {
  if (text.startsWith('#jinja2:')) return undefined
  let result = ''
  for (const { outside, content } of parts(text)) {
    if (/\{[%#]/.test(outside)) return undefined
    result += outside + (content ?? '')
  }
  return result
}

/** The `{{ … }}` and `{% … %}` that Jinja would evaluate, without those in raw blocks. */
export function expressionsIn(text: string): readonly string[] {
  return [...parts(text)].flatMap(({ outside }) => {
    const found: string[] = []
    for (let at = 0; ; ) {
      const start = execAt(/\{\{|\{%/g, outside, at)
      if (!start) return found
      const end = outside.indexOf(start[0] === '{{' ? '}}' : '%}', start.index + 2)
      found.push(outside.slice(start.index, end < 0 ? undefined : end))
      if (end < 0) return found
      at = end + 2
    }
  })
}

/** Ansible restores the trailing newlines of the text. */
function withNewlinesOf(text: string, result: string): string {
  const missing = trailingNewlines(text) - trailingNewlines(result)
  return result + '\n'.repeat(Math.max(0, missing))
}

function trailingNewlines(text: string): number {
  let count = 0
  while (text.charAt(text.length - 1 - count) === '\n') count += 1
  return count
}

/** A quoted text, or a word with the character before it and the `=` of a keyword or an assignment after it. */
const token =
  /'(?:[^'\\]|\\.)*(?:'|\\?$)|"(?:[^"\\]|\\.)*(?:"|\\?$)|([.|]\s*)?\b([A-Za-z_]\w*)\b(\s*=(?!=))?/gs

/**
 * The words in a text's Jinja that may be variable names. Quoted texts, raw blocks, attributes, filters and keyword arguments
 * are excluded; keywords of Jinja, such as `if`, are not.
 */
export function namesIn(text: string): ReadonlySet<string> {
  const names = new Set<string>()
  for (const expression of expressionsIn(text)) {
    for (const [, before, word, assigned] of expression.matchAll(token)) {
      if (word !== undefined && before === undefined && assigned === undefined) names.add(word)
    }
  }
  return names
}
