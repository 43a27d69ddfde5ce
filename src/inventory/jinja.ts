import type { Bare } from './value.ts'

const delimiters = /\{\{|\{%|\{#/
const rawBlock = /\{%([-+]?)\s*raw\s*(?:-%\}\s*|%\})([\s\S]*?)\{%([-+]?)\s*endraw\s*(?:\+%\}|-%\}\s*|%\}\n?)/g

/**
 * What Ansible makes of a string: the string itself, the literal text inside `{% raw %}` blocks, or `unknown` where
 * anything would have to be evaluated. Whitespace control and newlines as under Ansible's settings
 * of Jinja (`trim_blocks`, `preserve_trailing_newlines`).
 */
export function templated(text: string): Bare {
  if (text.startsWith('#jinja2:')) return { kind: 'unknown', reason: 'jinja' }
  if (!delimiters.test(text)) return { kind: 'string', value: text }
  let result = ''
  let end = 0
  for (const match of text.matchAll(rawBlock)) {
    const [whole, before, content = '', after] = match
    const outside = text.slice(end, match.index)
    if (delimiters.test(outside)) return { kind: 'unknown', reason: 'jinja' }
    result += before === '-' ? outside.trimEnd() : outside
    result += after === '-' ? content.trimEnd() : content
    end = match.index + whole.length
  }
  const rest = text.slice(end)
  if (delimiters.test(rest)) return { kind: 'unknown', reason: 'jinja' }
  const literal = withNewlinesOf(text, (result + rest).replace(/\r\n?/g, '\n'))
  return literal === '' ? { kind: 'unknown', reason: 'jinja' } : { kind: 'string', value: literal }
}

/** Ansible restores as many newlines at the end as the text had. */
function withNewlinesOf(text: string, result: string): string {
  const missing = trailingNewlines(text) - trailingNewlines(result)
  return result + '\n'.repeat(Math.max(0, missing))
}

function trailingNewlines(text: string): number {
  return /\n*$/.exec(text)?.[0].length ?? 0
}
