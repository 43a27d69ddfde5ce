/** A word of a line with its columns from 0, including quotes. `end` is exclusive. */
export interface Word {
  readonly text: string
  readonly start: number
  readonly end: number
}

/**
 * A part of a word: plain, after a backslash, or in quotes. In double quotes, a backslash escapes only itself and the quote.
 * In single quotes, it escapes nothing.
 */
const part = /[^ \t\r\n#'"\\]+|#|\\([\s\S])|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"/y

/**
 * Splits text like Python's `shlex.split(line, comments=…)`: Ansible uses it for INI host lines, with comments, and for the
 * arguments of ssh, without. A `#` outside quotes starts a comment, even inside a word.
 *
 * @returns `undefined` if a quote is not closed or a backslash ends the line.
 */
export function shellWords(line: string, { comments = true } = {}): readonly Word[] | undefined {
  const end = comments ? /[ \t\r\n#]/ : /[ \t\r\n]/
  const words: Word[] = []
  for (let at = 0; at < line.length; ) {
    const start = at
    let text = ''
    for (; at < line.length && !end.test(line.charAt(at)); at = part.lastIndex) {
      part.lastIndex = at
      const [plain, escaped, single, double] = part.exec(line) ?? []
      if (plain === undefined) return undefined
      text += escaped ?? single ?? double?.replace(/\\([\\"])/g, '$1') ?? plain
    }
    if (at > start) words.push({ text, start, end: at })
    if (comments && line.charAt(at) === '#') break
    at += 1
  }
  return words
}
