import { type Cursor, chars, isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, YamlError } from './cursor.ts'

/** A scalar's text and its end offset. */
export interface Scanned {
  readonly text: string
  readonly end: number
}

/** Spaces and line breaks between two parts of a multi-line scalar. */
class Gap {
  private blanks = ''
  private first = ''
  private more = ''
  brokeLine = false

  /** Consumes spaces and breaks. @param indent No tab may stand before this column of a further line. */
  scan(cursor: Cursor, indent = 0): void {
    for (let code = cursor.code(); isBlank(code) || isBreak(code); code = cursor.code()) {
      if (isBreak(code)) {
        const text = cursor.lineBreak()
        if (this.brokeLine) this.more += text
        else this.first = text
        this.brokeLine = true
        continue
      }
      if (this.brokeLine && code === chars.tab && cursor.column < indent) {
        throw new YamlError('a tab is used for indentation: use spaces', cursor.at)
      }
      if (!this.brokeLine) this.blanks += cursor.text.charAt(cursor.at)
      cursor.at += 1
    }
  }

  /** A line break after a backslash adds no text, nor do the spaces after it. */
  escaped(): void {
    this.brokeLine = true
  }

  /** The text of the gap. A single line break is a space. */
  take(): string {
    const text = this.brokeLine ? folded(this.first, this.more) : this.blanks
    this.blanks = this.first = this.more = ''
    this.brokeLine = false
    return text
  }
}

function folded(first: string, more: string): string {
  if (first !== '\n') return first + more
  return more === '' ? ' ' : more
}

const flowEnds = new Set([
  chars.comma,
  chars.openBracket,
  chars.closeBracket,
  chars.openBrace,
  chars.closeBrace,
] as number[])

/** @param indent The minimum column of further lines; ignored inside brackets. */
export function scanPlain(
  cursor: Cursor,
  indent: number,
  inFlow: boolean,
): Scanned & { readonly brokeLine: boolean } {
  const gap = new Gap()
  let text = ''
  let end = cursor.at
  while (!cursor.documentMark() && cursor.code() !== chars.hash) {
    const from = cursor.at
    skipPlain(cursor, inFlow)
    if (cursor.at > from) {
      text += gap.take() + cursor.text.slice(from, cursor.at)
      end = cursor.at
    }
    if (!isBlank(cursor.code()) && !isBreak(cursor.code())) break
    gap.scan(cursor, indent)
    if (!inFlow && cursor.column < indent) break
  }
  return { text, end, brokeLine: gap.brokeLine }
}

const plainInBlock = /[^ \t\n\r\x85\u2028\u2029:]+/y
const plainInFlow = /[^ \t\n\r\x85\u2028\u2029:,[\]{}]+/y
const quotedOnce = /[^ \t\n\r\x85\u2028\u2029']+/y
const quotedTwice = /[^ \t\n\r\x85\u2028\u2029"\\]+/y

function skipPlain(cursor: Cursor, inFlow: boolean): void {
  const pattern = inFlow ? plainInFlow : plainInBlock
  cursor.skip(pattern)
  for (let code = cursor.code(); !isBlankOrEnd(code); code = cursor.code()) {
    if (code === chars.colon) {
      const next = cursor.code(1)
      if (isBlankOrEnd(next)) return
      if (inFlow && (flowEnds.has(next) || next === chars.question)) {
        throw new YamlError('a space is missing after this colon', cursor.at)
      }
    } else if (inFlow && flowEnds.has(code)) return
    cursor.at += 1
    cursor.skip(pattern)
  }
}

const escapes: Readonly<Record<string, string>> = {
  0: '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
}
const codeLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

/** A quoted text. The cursor is at the opening quote. */
export function scanQuoted(cursor: Cursor): Scanned {
  const start = cursor.at
  const quote = cursor.code()
  const gap = new Gap()
  let text = ''
  cursor.at += 1
  for (;;) {
    if (cursor.documentMark()) throw new YamlError('a quote on an earlier line is not closed', cursor.at)
    text += gap.take() + quotedPart(cursor, quote, gap)
    const code = cursor.code()
    if (code === quote) break
    if (code === chars.end) throw new YamlError('a quote is not closed', start)
    gap.scan(cursor)
  }
  cursor.at += 1
  return { text, end: cursor.at }
}

/** Reads up to a space, a break, the end or the closing quote. */
function quotedPart(cursor: Cursor, quote: number, gap: Gap): string {
  let text = ''
  let from = cursor.at
  for (let code = cursor.code(); !isBlankOrEnd(code); code = cursor.code()) {
    if (code === quote && !(quote === chars.apostrophe && cursor.code(1) === chars.apostrophe)) break
    if (code === quote) {
      text += cursor.text.slice(from, cursor.at + 1)
      cursor.at += 2
      from = cursor.at
    } else if (code === chars.backslash && quote === chars.quote) {
      text += cursor.text.slice(from, cursor.at)
      cursor.at += 1
      if (isBreak(cursor.code())) {
        cursor.lineBreak()
        gap.escaped()
        return text
      }
      text += escaped(cursor)
      from = cursor.at
    } else cursor.skip(quote === chars.quote ? quotedTwice : quotedOnce)
  }
  return text + cursor.text.slice(from, cursor.at)
}

function escaped(cursor: Cursor): string {
  const name = cursor.text.charAt(cursor.at)
  const length = Object.hasOwn(codeLengths, name) ? (codeLengths[name] ?? 0) : 0
  if (length === 0) {
    if (!Object.hasOwn(escapes, name)) {
      throw new YamlError('a double-quoted text has an unknown escape: use single quotes', cursor.at - 1)
    }
    cursor.at += 1
    return escapes[name] ?? ''
  }
  const digits = cursor.text.slice(cursor.at + 1, cursor.at + 1 + length)
  const code = new RegExp(`^[0-9a-fA-F]{${length}}$`).test(digits) ? Number.parseInt(digits, 16) : -1
  if (code < 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
    throw new YamlError('a double-quoted text has a malformed escape', cursor.at - 1)
  }
  cursor.at += 1 + length
  return String.fromCodePoint(code)
}

/** A block after `|` or `>`, which is at the cursor. `parent` is the column of the enclosing node, or -1 at the top. */
export function scanBlock(cursor: Cursor, parent: number): Scanned {
  const literal = cursor.code() === chars.bar
  cursor.at += 1
  const { chomping, increment } = blockHeader(cursor)
  const breaks = { text: '', end: cursor.at }
  let indent = increment === 0 ? 0 : Math.max(parent, 0) + increment
  indent = blockBreaks(cursor, indent, parent, breaks)
  let text = ''
  let leadingBreak = ''
  let leadingBlank = false
  while (cursor.column === indent && cursor.code() !== chars.end) {
    const blank = isBlank(cursor.code())
    const joins = !literal && leadingBreak === '\n' && !leadingBlank && !blank
    if (!joins) text += leadingBreak
    else if (breaks.text === '') text += ' '
    text += breaks.text
    breaks.text = ''
    leadingBlank = blank
    const from = cursor.at
    cursor.skipToBreak()
    text += cursor.text.slice(from, cursor.at)
    leadingBreak = cursor.code() === chars.end ? '' : cursor.lineBreak()
    indent = blockBreaks(cursor, indent, parent, breaks)
  }
  if (chomping !== '-') text += leadingBreak
  if (chomping === '+') text += breaks.text
  return { text, end: breaks.end }
}

function blockHeader(cursor: Cursor): { chomping: string; increment: number } {
  const match = /^(?:([-+])([0-9])?|([0-9])([-+])?)?/.exec(cursor.text.slice(cursor.at, cursor.at + 2))
  const [whole = '', before, after, first, last] = match ?? []
  const digit = after ?? first
  if (digit === '0') throw new YamlError('the indentation of a block cannot be 0', cursor.at)
  cursor.at += whole.length
  cursor.skipBlanks()
  cursor.skipComment()
  if (!isBreakOrEnd(cursor.code())) {
    throw new YamlError('the line must end after `|` or `>`: quote the value', cursor.at)
  }
  if (cursor.code() !== chars.end) cursor.lineBreak()
  return { chomping: before ?? last ?? '', increment: Number(digit ?? 0) }
}

/** Consumes indentation and empty lines. The first line sets an unknown indentation. */
function blockBreaks(
  cursor: Cursor,
  indent: number,
  parent: number,
  breaks: { text: string; end: number },
): number {
  let widest = 0
  breaks.end = cursor.at
  for (;;) {
    while ((indent === 0 || cursor.column < indent) && cursor.code() === chars.space) cursor.at += 1
    widest = Math.max(widest, cursor.column)
    if ((indent === 0 || cursor.column < indent) && cursor.code() === chars.tab) {
      throw new YamlError('a tab is used for indentation: use spaces', cursor.at)
    }
    if (!isBreak(cursor.code())) break
    breaks.text += cursor.lineBreak()
    breaks.end = cursor.at
  }
  return indent === 0 ? Math.max(widest, parent + 1, 1) : indent
}
