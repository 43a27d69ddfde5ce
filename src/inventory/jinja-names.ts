import { expressionsIn } from './jinja.ts'

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
