/** A word of a line with its columns from 0, including quotes. `end` is exclusive. */
export interface Word {
  readonly text: string
  readonly start: number
  readonly end: number
}

/**
 * Splits an INI host line like Python's `shlex.split(line, comments=True)`, which Ansible uses. A `#` outside quotes starts a
 * comment, even inside a word.
 *
 * @returns `undefined` if a quote is not closed or a backslash ends the line.
 */
export function shellWords(line: string): readonly Word[] | undefined {
  const words: Word[] = []
  let at = 0
  while (at < line.length) {
    const char = line.charAt(at)
    if (char === '#') break
    if (/[ \t\r\n]/.test(char)) {
      at += 1
      continue
    }
    const word = readWord(line, at)
    if (!word) return undefined
    words.push(word)
    at = word.end
  }
  return words
}

function readWord(line: string, start: number): Word | undefined {
  let text = ''
  let at = start
  while (at < line.length) {
    const char = line.charAt(at)
    if (/[ \t\r\n#]/.test(char)) break
    if (char === '\\') {
      if (at + 1 >= line.length) return undefined
      text += line.charAt(at + 1)
      at += 2
    } else if (char === "'" || char === '"') {
      const quoted = readQuoted(line, at)
      if (!quoted) return undefined
      text += quoted.text
      at = quoted.end
    } else {
      text += char
      at += 1
    }
  }
  return { text, start, end: at }
}

/** In double quotes, a backslash escapes only itself and the quote. In single quotes, it escapes nothing. */
function readQuoted(line: string, start: number): { text: string; end: number } | undefined {
  const quote = line.charAt(start)
  let text = ''
  for (let at = start + 1; at < line.length; at += 1) {
    const char = line.charAt(at)
    if (char === quote) return { text, end: at + 1 }
    const next = line.charAt(at + 1)
    if (quote === '"' && char === '\\' && (next === '"' || next === '\\')) {
      text += next
      at += 1
    } else {
      text += char
    }
  }
  return undefined
}
