import { expressionsIn } from './jinja.ts'

/** A text in quotes, or a word with what stands before it, and the sign of a keyword or an assignment after it. */
const token =
  /'(?:[^'\\]|\\.)*(?:'|\\?$)|"(?:[^"\\]|\\.)*(?:"|\\?$)|([.|]\s*)?\b([A-Za-z_]\w*)\b(\s*=(?!=))?/gs

/**
 * The words of a text's Jinja that can be names of variables: not in quotes, not in a raw block, and no attribute, filter or
 * keyword argument. Words of Jinja itself, such as `if`, are among them.
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
