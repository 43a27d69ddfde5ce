import { Cursor, chars, isBlankOrEnd, isBreak, type Token, type TokenKind, YamlError } from './cursor.ts'
import { PossibleKeys } from './possible-keys.ts'
import { scanDirective, scanName, scanTag } from './properties.ts'
import { type Scanned, scanBlock, scanPlain, scanQuoted } from './scalars.ts'

const spaces = / +/y
const blanks = /[ \t]+/y
const starters: ReadonlySet<number> = new Set([
  chars.ampersand,
  chars.asterisk,
  chars.bang,
  chars.quote,
  chars.apostrophe,
])
const never = new Set([...'-?:,[]{}#&*!|>\'"%@`'].map(char => char.charCodeAt(0)))

/** Splits a YAML text into tokens like libyaml, which Ansible's PyYAML uses: YAML 1.1 with libyaml's limits. */
export class Scanner {
  private readonly cursor: Cursor
  private queue: Token[] = []
  private head = 0
  private taken = 0
  private indent = -1
  private readonly indents: number[] = []
  private keyAllowed = true
  private readonly keys = new PossibleKeys()
  private ended = false

  constructor(text: string) {
    this.cursor = new Cursor(text)
  }

  peek(): Token {
    while (this.needsMore()) this.fetch()
    const token = this.queue[this.head]
    if (!token) throw new Error('no token after the end')
    return token
  }

  take(): Token {
    const token = this.peek()
    if (token.kind === 'end') return token
    this.head += 1
    this.taken += 1
    if (this.head === this.queue.length || this.head > 4096) {
      this.queue = this.queue.slice(this.head)
      this.head = 0
    }
    return token
  }

  private needsMore(): boolean {
    if (this.ended) return false
    if (this.head === this.queue.length) return true
    this.keys.dropStale(this.cursor)
    return this.keys.has(this.taken)
  }

  private get inFlow(): boolean {
    return this.keys.level > 0
  }

  private fetch(): void {
    const { cursor } = this
    this.toNextToken()
    this.keys.dropStale(this.cursor)
    this.closeBlocks(cursor.column)
    const code = cursor.code()
    const mark = cursor.documentMark()
    if (cursor.at >= cursor.text.length) this.finish()
    else if (mark) this.documentToken(mark === '---' ? 'document-start' : 'document-end', skipMark)
    else if (code === chars.percent && cursor.column === 0) this.documentToken('directive', scanDirective)
    else this.fetchWithin(code, cursor.code(1))
  }

  private fetchWithin(code: number, next: number): void {
    const spaced = isBlankOrEnd(next)
    if (code === chars.openBrace && next === chars.openBrace) this.unquotedJinja()
    else if (code === chars.openBracket || code === chars.openBrace) this.open()
    else if (code === chars.closeBracket || code === chars.closeBrace) this.close()
    else if (code === chars.comma) this.punctuation(',', true)
    else if (code === chars.dash && spaced) this.blockEntry()
    else if (code === chars.question && (this.inFlow || spaced)) this.key()
    else if (code === chars.colon && (this.inFlow || spaced)) this.value()
    else if ((code === chars.bar || code === chars.greater) && !this.inFlow) this.block()
    else if (starters.has(code) || this.startsPlain(code, next)) this.mayBeKey(code)
    else throw this.badStart(code)
  }

  private startsPlain(code: number, next: number): boolean {
    if (code === chars.dash) return true
    if (!this.inFlow && (code === chars.question || code === chars.colon)) return !isBlankOrEnd(next)
    return !isBlankOrEnd(code) && !never.has(code)
  }

  private badStart(code: number): YamlError {
    if (code === chars.tab) return new YamlError('a tab is used for indentation: use spaces', this.cursor.at)
    return new YamlError('unquoted text cannot begin with this character: quote it', this.cursor.at)
  }

  private toNextToken(): void {
    const { cursor } = this
    for (;;) {
      if (cursor.column === 0 && cursor.code() === chars.byteOrderMark) cursor.at += 1
      cursor.skip(this.inFlow || !this.keyAllowed ? blanks : spaces)
      cursor.skipComment()
      if (!isBreak(cursor.code())) return
      cursor.lineBreak()
      if (!this.inFlow) this.keyAllowed = true
    }
  }

  /** Anchors, aliases, tags and single-line texts, which may become keys. */
  private mayBeKey(code: number): void {
    const { cursor } = this
    const start = cursor.at
    this.saveKey()
    this.keyAllowed = false
    if (code === chars.ampersand) this.push('anchor', start, scanName(cursor))
    else if (code === chars.asterisk) this.push('alias', start, scanName(cursor))
    else if (code === chars.bang) this.push('tag', start, scanTag(cursor, this.inFlow))
    else if (code === chars.quote || code === chars.apostrophe)
      this.push('scalar', start, scanQuoted(cursor), 'quoted')
    else {
      const scanned = scanPlain(cursor, this.indent + 1, this.inFlow)
      this.push('scalar', start, scanned, 'plain')
      if (scanned.brokeLine) this.keyAllowed = true
    }
  }

  private push(kind: TokenKind, start: number, { text, end }: Scanned, style?: Token['style']): void {
    this.queue.push({ kind, start, end, text, style })
  }

  private block(): void {
    this.keys.drop()
    this.keyAllowed = true
    this.push('scalar', this.cursor.at, scanBlock(this.cursor, this.indent), 'quoted')
  }

  /** Reads unquoted Jinja as one value, to the end of the line or, in brackets, to the `}}`, so that reading can continue. */
  private unquotedJinja(): void {
    const { cursor } = this
    const start = cursor.at
    const line = /^[^\n\r\x85\u2028\u2029]*/.exec(cursor.text.slice(start, start + 4096))?.[0] ?? ''
    const close = line.indexOf('}}')
    if (this.inFlow && close < 0) {
      this.open()
      return
    }
    const length = this.inFlow ? close + 2 : line.replace(/[ \t]+(?:#.*)?$/, '').length
    this.saveKey()
    this.keyAllowed = false
    cursor.at += length
    this.push('scalar', start, { text: '', end: cursor.at }, 'jinja')
  }

  private punctuation(kind: TokenKind, keyAllowed: boolean): void {
    this.keys.drop()
    this.keyAllowed = keyAllowed
    this.single(kind)
  }

  private single(kind: TokenKind): void {
    const start = this.cursor.at
    this.cursor.at += 1
    this.push(kind, start, { text: '', end: start + 1 })
  }

  private open(): void {
    this.saveKey()
    this.keys.enter()
    this.keyAllowed = true
    this.single(this.cursor.code() === chars.openBracket ? '[' : '{')
  }

  private close(): void {
    this.keys.drop()
    this.keys.leave()
    this.keyAllowed = false
    this.single(this.cursor.code() === chars.closeBracket ? ']' : '}')
  }

  private blockEntry(): void {
    if (!this.inFlow) {
      if (!this.keyAllowed) throw new YamlError('a list cannot begin here', this.cursor.at)
      this.openBlock('block-sequence', this.cursor.column)
    }
    this.punctuation('-', true)
  }

  private key(): void {
    if (!this.inFlow) {
      if (!this.keyAllowed) throw new YamlError('a key cannot begin here', this.cursor.at)
      this.openBlock('block-mapping', this.cursor.column)
    }
    this.punctuation('?', !this.inFlow)
  }

  private value(): void {
    const key = this.keys.take()
    if (key) {
      const at = this.head + key.number - this.taken
      this.queue.splice(at, 0, { kind: '?', start: key.at, end: key.at, text: '', style: undefined })
      this.openBlock('block-mapping', key.at - key.lineStart, { at, start: key.at })
      this.keyAllowed = false
    } else {
      if (!this.inFlow) {
        if (!this.keyAllowed) {
          throw new YamlError(
            'this line is indented too far, or it has a second `key:` or a text with a colon',
            this.cursor.at,
          )
        }
        this.openBlock('block-mapping', this.cursor.column)
      }
      this.keyAllowed = !this.inFlow
    }
    this.single(':')
  }

  /** A column to the right of the enclosing block opens a new block. */
  private openBlock(kind: TokenKind, column: number, insert?: { at: number; start: number }): void {
    if (this.inFlow || this.indent >= column) return
    this.indents.push(this.indent)
    this.indent = column
    const start = insert?.start ?? this.cursor.at
    this.queue.splice(insert?.at ?? this.queue.length, 0, {
      kind,
      start,
      end: start,
      text: '',
      style: undefined,
    })
  }

  private closeBlocks(column: number): void {
    if (this.inFlow) return
    while (this.indent > column) {
      this.push('block-end', this.cursor.at, { text: '', end: this.cursor.at })
      this.indent = this.indents.pop() ?? -1
    }
  }

  /** A directive or document marker, which closes all blocks. */
  private documentToken(kind: TokenKind, scanned: (cursor: Cursor) => Scanned): void {
    this.closeBlocks(-1)
    this.keys.drop()
    this.keyAllowed = false
    const start = this.cursor.at
    this.push(kind, start, scanned(this.cursor))
  }

  private finish(): void {
    this.closeBlocks(-1)
    this.keys.drop()
    this.ended = true
    const { at } = this.cursor
    this.push('end', at, { text: '', end: at })
  }

  private saveKey(): void {
    if (!this.keyAllowed) return
    const number = this.taken + this.queue.length - this.head
    this.keys.save(this.cursor, number, !this.inFlow && this.indent === this.cursor.column)
  }
}

function skipMark(cursor: Cursor): Scanned {
  cursor.at += 3
  return { text: '', end: cursor.at }
}
