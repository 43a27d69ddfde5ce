import { isAlias, isMap, isScalar, isSeq, type ParsedNode, Scalar, type YAMLMap } from 'yaml'
import type { Finding, Place } from '../domain/finding.ts'
import { templated } from './jinja.ts'
import { limits } from './limits.ts'
import { plainScalar } from './plain-scalar.ts'
import { problem, ReadingProblem } from './problem.ts'
import type { Bare, MapEntry, Value } from './value.ts'

const core = 'tag:yaml.org,2002:'
const typedTags = new Set(['bool', 'int', 'float', 'null'].map(name => core + name))
const otherCoreTags = new Set(
  ['binary', 'timestamp', 'omap', 'pairs', 'set', 'merge', 'value'].map(name => core + name),
)
const vaultTags = new Set(['!vault', '!vault-encrypted'])

type PlaceOf = (start: number, end: number) => Place

/** Turns one document's nodes into values. */
export class YamlValues {
  readonly problems: Finding[] = []
  private readonly anchors = new Map<string, { value: Value; parts: number }>()
  private parts = 0
  private readonly file: string
  private readonly text: string
  private readonly placeOf: PlaceOf

  constructor(file: string, text: string, placeOf: PlaceOf) {
    this.file = file
    this.text = text
    this.placeOf = placeOf
  }

  convert(node: ParsedNode | null, depth = 0, unsafe = false): Value {
    if (!node) return { kind: 'null', place: this.placeOf(0, 0) }
    const place = this.place(node)
    if (depth > limits.depth) throw this.limit(`is nested more than ${limits.depth} levels deep`, place)
    if (isAlias(node)) return this.alias(node.source, place)
    const before = this.parts
    this.count(1, place)
    const value: Value = { ...this.bare(node, depth, unsafe || node.tag === '!unsafe'), place }
    if (node.anchor) this.anchors.set(node.anchor, { value, parts: this.parts - before })
    return value
  }

  private bare(node: ParsedNode, depth: number, unsafe: boolean): Bare {
    if (node.tag !== undefined && vaultTags.has(node.tag)) return { kind: 'vault' }
    const known = this.knowsTag(node)
    let bare: Bare = { kind: 'unknown', reason: 'tag' }
    if (isScalar(node)) bare = this.scalar(node, unsafe)
    else if (isSeq(node))
      bare = { kind: 'list', items: node.items.map(item => this.convert(item, depth + 1, unsafe)) }
    else if (isMap(node)) bare = { kind: 'map', entries: this.entries(node, depth, unsafe) }
    return known ? bare : { kind: 'unknown', reason: 'tag' }
  }

  private knowsTag(node: ParsedNode): boolean {
    const { tag } = node
    if (tag === undefined || tag === '!unsafe' || tag === '!' || typedTags.has(tag)) return true
    if (tag === `${core}str` || tag === `${core}map` || tag === `${core}seq`) return true
    if (!otherCoreTags.has(tag)) {
      this.report('inventory/unknown-tag', 'Ansible does not know this tag', this.place(node))
    }
    return false
  }

  private scalar(node: Scalar, unsafe: boolean): Bare {
    const text = node.source ?? ''
    if (unsafe) return { kind: 'string', value: text }
    const plain = node.type === Scalar.PLAIN || node.type === undefined
    const typed = (plain && (node.tag === undefined || node.tag === '')) || typedTags.has(node.tag ?? '')
    const bare: Bare = typed ? plainScalar(text) : { kind: 'string', value: text }
    return bare.kind === 'string' ? templated(bare.value) : bare
  }

  private alias(name: string, place: Place): Value {
    const target = this.anchors.get(name)
    if (!target) {
      throw new ReadingProblem(
        problem('inventory/yaml-syntax', `${this.file}: an alias stands inside what it names`, place),
      )
    }
    this.count(target.parts, place)
    return { ...target.value, place }
  }

  private entries(map: YAMLMap.Parsed, depth: number, unsafe: boolean): MapEntry[] {
    const entries = new Map<string, MapEntry>()
    const merged: Value[] = []
    for (const pair of map.items) {
      const key = pair.key as ParsedNode
      if (!isScalar(key)) {
        this.complexKey(key, this.place(map))
        continue
      }
      const value = pair.value
        ? this.convert(pair.value as ParsedNode, depth + 1, unsafe)
        : this.emptyAfter(key)
      if (key.source === '<<' && key.type === Scalar.PLAIN) merged.push(value)
      else this.add(entries, { key: key.source ?? '', keyPlace: this.place(key), value })
    }
    for (const entry of merged.flatMap(mergedEntries)) {
      if (!entries.has(entry.key)) entries.set(entry.key, entry)
    }
    return [...entries.values()]
  }

  private add(entries: Map<string, MapEntry>, entry: MapEntry): void {
    const earlier = entries.get(entry.key)
    if (earlier) {
      const message = `the key \`${entry.key}\` stands here again; it is on line ${earlier.keyPlace.line} already`
      this.problems.push(problem('inventory/duplicate-key', message, entry.keyPlace, 'warning'))
      entries.delete(entry.key)
    }
    entries.set(entry.key, entry)
  }

  private complexKey(key: ParsedNode, place: Place): void {
    const jinja = isMap(key) && this.text[key.range[0]] === '{'
    if (jinja) this.report('inventory/unquoted-jinja', 'a value begins with `{{` and is not quoted', place)
    else this.report('inventory/yaml-syntax', `${this.file}: a key must be a plain text`, place)
  }

  private emptyAfter(key: ParsedNode): Value {
    this.count(1, this.place(key))
    return { kind: 'null', place: this.placeOf(key.range[1], key.range[1]) }
  }

  private place(node: ParsedNode): Place {
    return this.placeOf(node.range[0], node.range[1])
  }

  private count(parts: number, place: Place): void {
    this.parts += parts
    if (this.parts > limits.parts) {
      throw this.limit(`holds more than ${limits.parts} values, aliases counted in full`, place)
    }
  }

  private limit(what: string, place: Place): ReadingProblem {
    return new ReadingProblem(problem('inventory/limit', `${this.file} ${what}`, place))
  }

  private report(id: Parameters<typeof problem>[0], message: string, place: Place): void {
    this.problems.push(problem(id, message, place))
  }
}

/** What `<<` brings in; of several mappings the first wins. */
function mergedEntries(value: Value): readonly MapEntry[] {
  if (value.kind === 'map') return value.entries
  if (value.kind === 'list') return value.items.flatMap(mergedEntries)
  return []
}
