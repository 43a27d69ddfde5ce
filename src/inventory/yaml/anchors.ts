import type { Value } from '../value.ts'
import { type Token, YamlError } from './cursor.ts'

/** A node used as a key. */
export interface KeyText {
  readonly text: string
  /** Whether it is a plain `<<`. */
  readonly merge: boolean
}

interface Anchored {
  readonly value: Value
  /** Number of values, including itself. */
  readonly parts: number
  readonly key: KeyText | undefined
}

export class Anchors {
  private readonly byName = new Map<string, Anchored | 'open'>()

  open({ text, start }: Token): void {
    if (this.byName.has(text)) throw new YamlError('an anchor with this name already exists', start)
    this.byName.set(text, 'open')
  }

  set({ text }: Token, anchored: Anchored): void {
    this.byName.set(text, anchored)
  }

  find(name: string, at: number): Anchored {
    const target = this.byName.get(name)
    if (target === undefined) throw new YamlError('an alias has no anchor before it', at)
    if (target === 'open') throw new YamlError('an alias is inside its own anchor', at)
    return target
  }
}
