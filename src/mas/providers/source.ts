import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import type { ListSource } from './list-source.ts'

/**
 * Reads Synapse's list of providers as Ansible does: aliases and `<<` are resolved, and the last of duplicate keys wins. Comments
 * stay in place.
 *
 * @returns `undefined` if the YAML has no such list, or if an alias in it has no anchor.
 */
export function synapseProviderList(text: string, { key }: ListSource): YAMLSeq | undefined {
  const document = parseDocument(text, {
    schema: 'failsafe',
    version: '1.1',
    uniqueKeys: false,
    logLevel: 'silent',
  })
  const list = isMap(document.contents) ? document.contents.get(key, true) : undefined
  if (document.errors.length > 0 || !isSeq(list) || list.items.length === 0) return undefined
  const copy = new Resolver(document).copyOf(list)
  return isSeq(copy) ? copy : undefined
}

/** Copies a part of a document without its anchors and aliases. */
class Resolver {
  private readonly document: Document.Parsed
  /** The nodes being copied: an alias to one of them would never end. */
  private readonly ancestors = new Set<unknown>()

  constructor(document: Document.Parsed) {
    this.document = document
  }

  copyOf(node: unknown): Node | undefined {
    if (isAlias(node)) return this.copyOf(node.resolve(this.document))
    if (isScalar(node)) {
      return Object.assign(node.clone() as Scalar, { anchor: undefined })
    }
    if ((!isMap(node) && !isSeq(node)) || this.ancestors.has(node)) return undefined
    this.ancestors.add(node)
    const copy = isMap(node) ? this.map(node) : this.list(node)
    this.ancestors.delete(node)
    return copy
  }

  private list(node: YAMLSeq): YAMLSeq {
    const items = node.items.flatMap(item => this.copyOf(item) ?? [])
    return Object.assign(node.clone() as YAMLSeq, { anchor: undefined, items })
  }

  private map(node: YAMLMap): YAMLMap {
    const [own, merged] = [new Map<string, Pair>(), new Map<string, Pair>()]
    for (const pair of node.items) {
      const name = isScalar(pair.key) ? String(pair.key.value) : ''
      if (name === '<<') this.merge(pair, merged)
      else own.set(name, this.pair(pair))
    }
    const inherited = [...merged].flatMap(([name, pair]) => (own.has(name) ? [] : [pair]))
    const items = [...own.values(), ...inherited]
    return Object.assign(node.clone() as YAMLMap, { anchor: undefined, items })
  }

  private pair({ key, value }: Pair): Pair {
    return new Pair(this.copyOf(key), this.copyOf(value) ?? null)
  }

  /** The first mapping with a key wins. */
  private merge({ value }: Pair, merged: Map<string, Pair>): void {
    const source = this.copyOf(value)
    const maps: readonly unknown[] = isSeq(source) ? source.items : [source]
    for (const map of maps) {
      for (const pair of isMap(map) ? map.items : []) {
        const name = isScalar(pair.key) ? String(pair.key.value) : ''
        if (!merged.has(name)) merged.set(name, pair)
      }
    }
  }
}
