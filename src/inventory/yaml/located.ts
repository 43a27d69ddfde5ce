import type { Place } from '../../domain/finding.ts'
import type { Bare, MapEntry, Value } from '../value.ts'

/** Converts offsets of a text to places. */
export class Lines {
  private readonly starts: number[] = [0]
  private readonly file: string

  constructor(file: string, text: string) {
    this.file = file
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1)
  }

  place(start: number, end: number): Place {
    const line = this.lineOf(start)
    const column = start - (this.starts[line] ?? 0) + 1
    const endLine = this.lineOf(end)
    const endColumn = end - (this.starts[endLine] ?? 0) + 1
    return { file: this.file, line: line + 1, column, endLine: endLine + 1, endColumn }
  }

  private lineOf(offset: number): number {
    let low = 0
    let high = this.starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low
  }
}

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
