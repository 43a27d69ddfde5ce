import type { Finding } from '../../domain/finding.ts'
import { limits } from '../read/limits.ts'
import { addProblems, type ProblemId, problem, ReadingProblem } from '../read/problem.ts'
import type { Bare, Value } from '../value.ts'
import { Anchors, type KeyText } from './anchors.ts'
import { type Token, type TokenKind, YamlError } from './cursor.ts'
import { type Lines, LocatedEntry, located } from './located.ts'
import { entriesOf, type Pair } from './mapping.ts'
import { coreTag, type Handles, resolveTag } from './properties.ts'
import { conflictsWith, isVaultTag, scalarValue, supportsTag } from './scalar-value.ts'
import { Scanner } from './scanner.ts'

/** The position of a node decides its allowed kinds. `block-value` follows a key: a list there needs no indentation. */
type Context = 'block' | 'block-value' | 'flow'

/** The properties of a node, before its content. */
interface Expected {
  readonly context: Context
  readonly tag: string | undefined
  readonly isKey: boolean
  readonly properties: Token | undefined
}

/** Reads a document's nodes into values like PyYAML and Ansible. */
export class NodeReader {
  readonly scanner: Scanner
  readonly problems: Finding[] = []
  private handles: Handles = new Map()
  private readonly anchors = new Anchors()
  private readonly file: string
  private readonly lines: Lines
  /** Number of values read, with each alias counted as its target. */
  parts = 0
  /** End of the last token other than indentation. */
  private end = 0
  private depth = 0
  private unsafe = 0
  /** Whether the next node is a key. */
  private inKey = false
  /** The last node as a key; `undefined` for a list or mapping. */
  private lastKey: KeyText | undefined
  private lastSpan: readonly [start: number, end: number] = [0, 0]

  constructor(file: string, text: string, lines: Lines) {
    this.file = file
    this.lines = lines
    this.scanner = new Scanner(text)
  }

  /** A missing value. */
  empty(at: number): Value {
    this.lastKey = { text: '', merge: false }
    this.count(1, at)
    return this.located({ kind: 'null' }, at, at)
  }

  private take(): Token {
    const token = this.scanner.take()
    if (token.end > token.start) this.end = token.end
    return token
  }

  /** @param handles Passed once, for the whole document. */
  node(context: Context, handles = this.handles): Value {
    this.handles = handles
    const isKey = this.inKey
    this.inKey = false
    const first = this.scanner.peek()
    if (first.kind === 'alias') return this.alias(this.take())
    let anchor: Token | undefined
    let tagToken: Token | undefined
    for (let token = first; ; token = this.scanner.peek()) {
      if (token.kind === 'anchor' && !anchor) anchor = this.take()
      else if (token.kind === 'tag' && !tagToken) tagToken = this.take()
      else break
    }
    const tag = tagToken && resolveTag(tagToken, this.handles)
    const before = this.parts
    if (anchor) this.anchors.open(anchor)
    const value = this.content({ context, tag, isKey, properties: tagToken ?? anchor })
    if (anchor) this.anchors.set(anchor, { value, parts: this.parts - before, key: this.lastKey })
    return value
  }

  private alias({ text, start, end }: Token): Value {
    const target = this.anchors.find(text, start)
    this.count(target.parts, start)
    this.lastKey = target.key
    return this.located(target.value, start, end)
  }

  private content({ context, tag, isKey, properties }: Expected): Value {
    const token = this.scanner.peek()
    if (tag === '!unsafe') this.unsafe += 1
    try {
      if (token.kind === 'scalar') return this.scalar(this.take(), tag, isKey)
      if (isCollection(token.kind, context)) return this.collection(token, tag)
    } finally {
      if (tag === '!unsafe') this.unsafe -= 1
    }
    if (!properties) throw new YamlError('unexpected character', token.start)
    const nothing = { ...properties, start: properties.end, text: '' }
    return this.scalar({ ...nothing, kind: 'scalar', style: 'plain' }, tag === '!' ? `${coreTag}str` : tag)
  }

  private scalar({ text, style, start, end }: Token, tag: string | undefined, isKey = false): Value {
    this.count(1, start)
    const plain = style === 'plain'
    this.lastKey = { text, merge: plain && text === '<<' && tag === undefined }
    if (style === 'jinja') {
      this.report('inventory/unquoted-jinja', 'a value that begins with `{{` is not quoted', start, end)
      return this.located({ kind: 'unknown' }, start, end)
    }
    if (isVaultTag(tag)) return this.located({ kind: 'vault' }, start, end)
    this.checkTag(tag, start, end)
    const bare = scalarValue({ text, plain, tag, unsafe: this.unsafe > 0 })
    if (bare) return this.located(bare, start, end)
    if (!isKey || tag !== undefined) {
      const message = 'YAML interprets this text as an invalid number, date or special value: quote it'
      this.report('inventory/yaml-syntax', message, start, end)
    }
    return this.located({ kind: 'unknown' }, start, end)
  }

  private checkTag(tag: string | undefined, start: number, end: number): void {
    if (tag === undefined || supportsTag(tag)) return
    this.report('inventory/unknown-tag', 'Ansible does not support this tag', start, end)
  }

  private collection(first: Token, tag: string | undefined): Value {
    this.depth += 1
    if (this.depth > limits.depth) {
      throw this.limit(`is nested more than ${limits.depth} levels deep`, first.start)
    }
    this.count(1, first.start)
    const isMap = first.kind === 'block-mapping' || first.kind === '{'
    const bare = isMap ? this.mapping(first.kind) : this.sequence(first.kind)
    this.depth -= 1
    this.lastKey = undefined
    const { start } = first
    const { end } = this
    if (isVaultTag(tag)) return this.located({ kind: 'vault' }, start, end)
    if (tag === undefined || tag === '!' || tag === '!unsafe') return this.located(bare, start, end)
    if (conflictsWith(tag, isMap ? 'map' : 'list'))
      throw new YamlError('a tag does not match its value', start)
    this.checkTag(tag, start, end)
    const fits = tag === coreTag + (isMap ? 'map' : 'seq')
    return this.located(fits ? bare : { kind: 'unknown' }, start, end)
  }

  private located(bare: Bare, start: number, end: number): Value {
    this.lastSpan = [start, end]
    return located(bare, this.lines, start, end)
  }

  private sequence(kind: TokenKind): Bare {
    const items: Value[] = []
    if (kind === '[') this.flowSequence(items)
    else if (kind === '-') this.dashes(items)
    else this.blockSequence(items)
    return { kind: 'list', items }
  }

  private blockSequence(items: Value[]): void {
    this.take()
    this.dashes(items)
    const last = this.take()
    if (last.kind !== 'block-end') {
      throw new YamlError('the indentation does not match the list above, or a `- ` is missing', last.start)
    }
  }

  private dashes(items: Value[]): void {
    while (this.isNext('-')) {
      const { end } = this.take()
      items.push(this.isNext('-', '?', ':', 'block-end') ? this.empty(end) : this.node('block'))
    }
  }

  private flowSequence(items: Value[]): void {
    for (this.take(); !this.isNext(']'); ) {
      if (items.length > 0) this.comma(']')
      if (this.isNext(']')) break
      items.push(this.isNext('?') ? this.onePair() : this.node('flow'))
    }
    this.take()
  }

  /** `[a: b]` is a list with one mapping. */
  private onePair(): Value {
    const { start } = this.scanner.peek()
    const pairs: Pair[] = []
    this.flowPair(pairs, ']')
    this.lastKey = undefined
    return this.located({ kind: 'map', entries: entriesOf(pairs, this.problems) }, start, this.end)
  }

  private mapping(kind: TokenKind): Bare {
    const pairs: Pair[] = []
    if (kind === '{') this.flowMapping(pairs)
    else this.blockMapping(pairs)
    return { kind: 'map', entries: entriesOf(pairs, this.problems) }
  }

  private blockMapping(pairs: Pair[]): void {
    this.take()
    for (let token = this.take(); token.kind !== 'block-end'; token = this.take()) {
      if (token.kind !== '?') {
        const message = 'the indentation does not match the lines above, or a quote ends too early'
        throw new YamlError(message, token.start)
      }
      if (this.isNext('?', ':', 'block-end')) this.empty(token.end)
      else this.key('block-value')
      this.pair(pairs, () => this.blockValue())
    }
  }

  private blockValue(): Value {
    if (!this.isNext(':')) return this.empty(this.end)
    const { end } = this.take()
    return this.isNext('?', ':', 'block-end') ? this.empty(end) : this.node('block-value')
  }

  private flowMapping(pairs: Pair[]): void {
    this.take()
    for (let first = true; !this.isNext('}'); first = false) {
      if (!first) this.comma('}')
      if (!this.isNext('}')) this.flowPair(pairs, '}')
    }
    this.take()
  }

  private flowPair(pairs: Pair[], close: ']' | '}'): void {
    const explicit = this.isNext('?')
    if (explicit) this.take()
    if (explicit && this.isNext(':', ',', close)) this.empty(this.end)
    else this.key('flow')
    this.pair(pairs, () => {
      if (!explicit || !this.isNext(':')) return this.empty(this.end)
      const { end } = this.take()
      return this.isNext(',', close) ? this.empty(end) : this.node('flow')
    })
  }

  private key(context: Context): void {
    this.inKey = true
    this.node(context)
  }

  /** Adds the key that was just read, with its value. */
  private pair(pairs: Pair[], readValue: () => Value): void {
    const text = this.lastKey
    const span = this.lastSpan
    const value = readValue()
    if (text) pairs.push({ entry: new LocatedEntry(text.text, value, this.lines, span), merge: text.merge })
    else this.report('inventory/yaml-syntax', `${this.file}: a key must be plain text`, ...span)
  }

  private comma(close: string): void {
    const token = this.take()
    if (token.kind !== ',') {
      throw new YamlError(`a comma or a closing \`${close}\` is missing before this`, token.start)
    }
  }

  private isNext(...kinds: readonly TokenKind[]): boolean {
    return kinds.includes(this.scanner.peek().kind)
  }

  private count(parts: number, at: number): void {
    this.parts += parts
    if (this.parts > limits.parts) {
      throw this.limit(`contains more than ${limits.parts} values, including those of aliases`, at)
    }
  }

  private limit(what: string, at: number): ReadingProblem {
    return new ReadingProblem('inventory/limit', `${this.file} ${what}`, this.lines.place(at, at))
  }

  private report(id: ProblemId, message: string, start: number, end: number): void {
    addProblems(this.problems, problem(id, message, this.lines.place(start, end)))
  }
}

function isCollection(kind: TokenKind, context: Context): boolean {
  if (kind === '[' || kind === '{') return true
  if (kind === '-') return context === 'block-value'
  return context !== 'flow' && (kind === 'block-sequence' || kind === 'block-mapping')
}
