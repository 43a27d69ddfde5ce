/** Why a YAML text is invalid, with an offset into the text. The message quotes nothing. */
export class YamlError extends Error {
  override readonly name = 'YamlError'
  readonly offset: number
  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

export const chars = {
  end: 0,
  tab: 0x09,
  lineFeed: 0x0a,
  carriageReturn: 0x0d,
  space: 0x20,
  bang: 0x21,
  quote: 0x22,
  hash: 0x23,
  percent: 0x25,
  ampersand: 0x26,
  apostrophe: 0x27,
  asterisk: 0x2a,
  comma: 0x2c,
  dash: 0x2d,
  colon: 0x3a,
  less: 0x3c,
  greater: 0x3e,
  question: 0x3f,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  bar: 0x7c,
  closeBrace: 0x7d,
  nextLine: 0x85,
  byteOrderMark: 0xfeff,
} as const

export function isBlank(code: number): boolean {
  return code === chars.space || code === chars.tab
}

/** YAML 1.1 has more line breaks than editors. */
export function isBreak(code: number): boolean {
  return (
    code === chars.lineFeed ||
    code === chars.carriageReturn ||
    code === chars.nextLine ||
    code === 0x2028 ||
    code === 0x2029
  )
}

export function isBreakOrEnd(code: number): boolean {
  return code === chars.end || isBreak(code)
}

export function isBlankOrEnd(code: number): boolean {
  return isBlank(code) || isBreakOrEnd(code)
}

const blanks = /[ \t]+/y
const notBreaks = /[^\n\r\x85\u2028\u2029]+/y

/** A position in a text that only moves forward. */
export class Cursor {
  readonly text: string
  at = 0
  /** Offset of the start of the current line. */
  lineStart = 0

  constructor(text: string) {
    this.text = text
  }

  get column(): number {
    return this.at - this.lineStart
  }

  /** The code unit `ahead` positions further; 0 at the end. */
  code(ahead = 0): number {
    const at = this.at + ahead
    return at < this.text.length ? this.text.charCodeAt(at) : chars.end
  }

  /** Skips what a sticky pattern matches here. Native code is faster than a loop. */
  skip(pattern: RegExp): void {
    pattern.lastIndex = this.at
    if (pattern.test(this.text)) this.at = pattern.lastIndex
  }

  skipBlanks(): void {
    this.skip(blanks)
  }

  skipToBreak(): void {
    this.skip(notBreaks)
  }

  skipComment(): void {
    if (this.code() === chars.hash) this.skipToBreak()
  }

  /** Consumes a line break and returns its normalised text. */
  lineBreak(): string {
    const code = this.code()
    this.at += code === chars.carriageReturn && this.code(1) === chars.lineFeed ? 2 : 1
    this.lineStart = this.at
    return code > chars.nextLine ? String.fromCharCode(code) : '\n'
  }

  /** `---` or `...`, if it is here at the start of a line and followed by whitespace. */
  documentMark(): '---' | '...' | undefined {
    if (this.at !== this.lineStart || !isBlankOrEnd(this.code(3))) return undefined
    if (this.text.startsWith('---', this.at)) return '---'
    return this.text.startsWith('...', this.at) ? '...' : undefined
  }
}

/** Punctuation is its own kind. `block-…` kinds result from indentation. */
export type TokenKind =
  | 'directive'
  | 'document-start'
  | 'document-end'
  | 'block-sequence'
  | 'block-mapping'
  | 'block-end'
  | '['
  | ']'
  | '{'
  | '}'
  | ','
  | '-'
  | '?'
  | ':'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar'
  | 'end'

export interface Token {
  readonly kind: TokenKind
  /** Offsets into the text; `end` is exclusive. */
  readonly start: number
  readonly end: number
  /** The text of a scalar, tag or directive, or the name of an anchor or alias. */
  readonly text: string
  /** Of a scalar. `jinja`: an unquoted `{{`, which YAML parses as mappings and Ansible rejects. */
  readonly style: 'plain' | 'quoted' | 'jinja' | undefined
}
