import type { Value } from '../value.ts'
import { YamlError } from './cursor.ts'
import type { Token } from './token.ts'

/** What a node is as a key. */
export interface KeyText {
  readonly text: string
  /** It is a plain `<<`. */
  readonly merge: boolean
}

interface Anchored {
  readonly value: Value
  /** How many values it holds, itself counted. */
  readonly parts: number
  readonly key: KeyText | undefined
}

/** What aliases stand for. */
export class Anchors {
  private readonly byName = new Map<string, Anchored | 'open'>()

  /** Begins the node that an anchor names. */
  open({ text, start }: Token): void {
    if (this.byName.has(text)) throw new YamlError('an anchor of this name is set already', start)
    this.byName.set(text, 'open')
  }

  set({ text }: Token, anchored: Anchored): void {
    this.byName.set(text, anchored)
  }

  find(name: string, at: number): Anchored {
    const target = this.byName.get(name)
    if (target === undefined) throw new YamlError('an alias names an anchor that is not set before it', at)
    if (target === 'open') throw new YamlError('an alias stands inside what it names', at)
    return target
  }
}
