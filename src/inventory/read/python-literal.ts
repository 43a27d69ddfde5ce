import type { Place } from '../../domain/finding.ts'
import { templated } from '../jinja.ts'
import type { Bare, MapEntry, Value } from '../value.ts'
import { limits } from './limits.ts'

const number =
  /^(?:0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:(?:\d(?:_?\d)*)?\.\d(?:_?\d)*|\d(?:_?\d)*\.?)(?:[eE][-+]?\d(?:_?\d)*)?)/
/** Python rejects numbers with more digits. */
const maxDigits = 4300
const word = /^[A-Za-z_]\w*/
const stringStart = /^([rRuU]?)('''|"""|'|")/
const escapes: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\n': '',
}

/**
 * Gives a value of an INI inventory the same type as Ansible: that of Python's `ast.literal_eval`, otherwise a plain text.
 * Rare forms (bytes, complex numbers, named Unicode escapes) are treated as text.
 */
export function pythonValue(text: string, place: Place): Value {
  try {
    const parser = new LiteralParser(text.replace(/^[ \t]+/, ''), place)
    return parser.whole()
  } catch (error) {
    if (!(error instanceof NoLiteral)) throw error
    return { ...templated(text), place }
  }
}

class NoLiteral extends Error {}
/** Thrown for every text that is not a literal. A single instance, because creating a stack trace is slow. */
const notALiteral = new NoLiteral()

class LiteralParser {
  private at = 0
  private readonly text: string
  private readonly place: Place

  constructor(text: string, place: Place) {
    this.text = text
    this.place = place
  }

  whole(): Value {
    const { items, commas } = this.items(undefined, 0)
    if (this.at < this.text.length && this.peek() !== '#') throw notALiteral
    const [only] = items
    if (!only) throw notALiteral
    return commas === 0 ? only : this.placed({ kind: 'list', items })
  }

  /** Values between commas, up to a closing bracket, which is not consumed, or to the end. */
  private items(close: string | undefined, depth: number): { items: Value[]; commas: number } {
    const items: Value[] = []
    let commas = 0
    for (;;) {
      this.blanks()
      const char = this.peek()
      if (char === '' || char === '#' || char === close) break
      items.push(this.value(depth))
      this.blanks()
      if (this.peek() !== ',') break
      this.at += 1
      commas += 1
    }
    return { items, commas }
  }

  private value(depth: number): Value {
    if (depth > limits.depth) throw notALiteral
    const char = this.peek()
    if (char === '[') return this.enclosed(']', depth)
    if (char === '(') return this.enclosed(')', depth)
    if (char === '{') return this.braces(depth)
    if (char === '-' || char === '+') return this.signed()
    if (stringStart.test(this.rest())) return this.placed(templated(this.strings()))
    if (/[0-9.]/.test(char)) return this.placed(this.number())
    return this.placed(this.constant())
  }

  /** Parentheses around one value without a comma are that value. A tuple is a list in Ansible. */
  private enclosed(close: ']' | ')', depth: number): Value {
    this.at += 1
    const { items, commas } = this.items(close, depth + 1)
    this.expect(close)
    const [only] = items
    return close === ')' && only && commas === 0 ? only : this.placed({ kind: 'list', items })
  }

  private braces(depth: number): Value {
    this.at += 1
    const entries = new Map<string, MapEntry>()
    const items: Value[] = []
    this.blanks()
    while (this.peek() !== '}') {
      const key = this.value(depth + 1)
      this.blanks()
      if (this.peek() === ':') {
        this.at += 1
        this.blanks()
        const value = this.value(depth + 1)
        const name = keyText(key)
        entries.set(name, { key: name, keyPlace: this.place, value })
      } else {
        items.push(key)
      }
      this.blanks()
      if (this.peek() === '}') break
      this.expect(',')
      this.blanks()
    }
    this.at += 1
    if (items.length > 0 && entries.size > 0) throw notALiteral
    if (items.length > 0) return this.placed({ kind: 'list', items })
    return this.placed({ kind: 'map', entries: [...entries.values()] })
  }

  private signed(): Value {
    const sign = this.peek()
    this.at += 1
    this.blanks()
    const bare = this.number()
    if (sign === '+') return this.placed(bare)
    if (bare.kind === 'integer') return this.placed({ kind: 'integer', value: -bare.value })
    if (bare.kind === 'float') return this.placed({ kind: 'float', value: -bare.value })
    throw notALiteral
  }

  private number(): Bare {
    const match = number.exec(this.rest())
    if (!match) throw notALiteral
    const [source] = match
    this.at += source.length
    if (/^[\w.]/.test(this.rest())) throw notALiteral
    const digits = source.replaceAll('_', '')
    if (digits.length > maxDigits) throw notALiteral
    if (/^0[xXoObB]/.test(digits)) return { kind: 'integer', value: BigInt(digits.toLowerCase()) }
    if (/[.eE]/.test(digits)) return { kind: 'float', value: Number(digits) }
    if (/^0+[1-9]/.test(digits)) throw notALiteral
    return { kind: 'integer', value: BigInt(digits) }
  }

  private constant(): Bare {
    const name = word.exec(this.rest())?.[0] ?? ''
    this.at += name.length
    if (name === 'True' || name === 'False') return { kind: 'boolean', value: name === 'True' }
    if (name === 'None') return { kind: 'null' }
    throw notALiteral
  }

  /** Adjacent strings are concatenated. */
  private strings(): string {
    let text = ''
    for (;;) {
      const match = stringStart.exec(this.rest())
      if (!match) return text
      const [opening, prefix = '', quote = ''] = match
      this.at += opening.length
      text += this.string(quote, prefix.toLowerCase() === 'r')
      this.blanks()
    }
  }

  private string(quote: string, raw: boolean): string {
    let text = ''
    for (;;) {
      if (this.at >= this.text.length) throw notALiteral
      if (this.text.startsWith(quote, this.at)) {
        this.at += quote.length
        return text
      }
      const char = this.peek()
      this.at += 1
      if (char === '\n' && quote.length === 1) throw notALiteral
      if (char !== '\\') text += char
      else if (!raw) text += this.escape()
      else {
        text += char + this.peek()
        this.at += 1
      }
    }
  }

  private escape(): string {
    const hex = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(this.rest())
    const octal = /^[0-7]{1,3}/.exec(this.rest())
    if (hex) return this.codePoint(hex[0], Number.parseInt(hex[1] ?? hex[2] ?? hex[3] ?? '', 16))
    if (octal) return this.codePoint(octal[0], Number.parseInt(octal[0], 8))
    const char = this.peek()
    if (/[xuUN]/.test(char)) throw notALiteral
    this.at += 1
    return Object.hasOwn(escapes, char) ? (escapes[char] ?? '') : `\\${char}`
  }

  private codePoint(source: string, code: number): string {
    if (code > 0x10ffff) throw notALiteral
    this.at += source.length
    return String.fromCodePoint(code)
  }

  private blanks(): void {
    while (/[ \t\f]/.test(this.peek())) this.at += 1
  }

  private expect(char: string): void {
    this.blanks()
    if (this.peek() !== char) throw notALiteral
    this.at += 1
  }

  private peek(): string {
    return this.text.charAt(this.at)
  }

  private rest(): string {
    return this.text.slice(this.at)
  }

  private placed(bare: Bare): Value {
    return { ...bare, place: this.place }
  }
}

function keyText(key: Value): string {
  if (key.kind === 'string' || key.kind === 'integer' || key.kind === 'float') return String(key.value)
  if (key.kind === 'boolean') return key.value ? 'True' : 'False'
  if (key.kind === 'null') return 'None'
  throw notALiteral
}
