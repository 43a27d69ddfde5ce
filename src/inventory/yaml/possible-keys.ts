import { type Cursor, YamlError } from './cursor.ts'

/** A token that becomes a key if a `:` follows on the same line. */
interface PossibleKey {
  /** The index of its token in the text. */
  readonly number: number
  readonly at: number
  readonly lineStart: number
  /** Whether only a key is allowed at its position. */
  readonly required: boolean
}

/** The limit of libyaml. */
const longestKey = 1024

/** At most one possible key for each open bracket, and one for the enclosing block. */
export class PossibleKeys {
  private readonly stack: (PossibleKey | undefined)[] = [undefined]

  /** The number of open brackets. */
  get level(): number {
    return this.stack.length - 1
  }

  enter(): void {
    this.stack.push(undefined)
  }

  leave(): void {
    if (this.level > 0) this.stack.pop()
  }

  save({ at, lineStart }: Cursor, number: number, required: boolean): void {
    this.drop()
    this.stack[this.level] = { number, at, lineStart, required }
  }

  take(): PossibleKey | undefined {
    const key = this.stack[this.level]
    this.stack[this.level] = undefined
    return key
  }

  /** @throws YamlError if a key was required. */
  drop(): void {
    const key = this.take()
    if (key?.required) throw missingColon(key)
  }

  /** Drops tokens that can no longer become keys. */
  dropStale({ at, lineStart }: Cursor): void {
    for (let level = 0; level < this.stack.length; level += 1) {
      const key = this.stack[level]
      if (!key || (key.lineStart === lineStart && key.at + longestKey >= at)) continue
      if (key.required) throw missingColon(key)
      this.stack[level] = undefined
    }
  }

  has(number: number): boolean {
    return this.stack.some(key => key?.number === number)
  }
}

function missingColon({ at }: PossibleKey): YamlError {
  return new YamlError('this line is not `key: value`: a colon is missing, or a quote on an earlier line', at)
}
