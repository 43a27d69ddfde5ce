import type { Place } from '../../domain/finding.ts'
import type { Bare, MapEntry, Value } from '../value.ts'
import type { Lines } from './lines.ts'

/**
 * A value that computes its place on demand. Most places are never used, and storing them would more than double the memory
 * of a large inventory.
 */
class Located {
  private readonly lines: Lines
  private readonly start: number
  private readonly end: number

  constructor(bare: Bare, lines: Lines, start: number, end: number) {
    Object.assign(this, bare)
    this.lines = lines
    this.start = start
    this.end = end
  }

  get place(): Place {
    return this.lines.place(this.start, this.end)
  }
}

/** @param bare May also be a value with another place. */
export function located(bare: Bare, lines: Lines, start: number, end: number): Value {
  return new Located(bare, lines, start, end) as Located & Bare
}

/** An entry of a mapping that computes the place of its key on demand. */
export class LocatedEntry implements MapEntry {
  readonly key: string
  readonly value: Value
  private readonly lines: Lines
  private readonly start: number
  private readonly end: number

  constructor(key: string, value: Value, lines: Lines, [start, end]: readonly [number, number]) {
    this.key = key
    this.value = value
    this.lines = lines
    this.start = start
    this.end = end
  }

  get keyPlace(): Place {
    return this.lines.place(this.start, this.end)
  }
}
