import { type Cursor, YamlError } from './cursor.ts'

/** Something that turns out to be a key where a `:` follows on the same line. */
interface PossibleKey {
  /** The number of its token, counted from the start of the text. */
  readonly number: number
  readonly at: number
  readonly lineStart: number
  /** Where it stands nothing but a key may. */
  readonly required: boolean
}

/** libyaml's own limit. */
const longestKey = 1024

/** At most one possible key for each open bracket, and one for the block around them. */
export class PossibleKeys {
  private readonly stack: (PossibleKey | undefined)[] = [undefined]

  /** How many brackets are open. */
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

  /** @throws YamlError where there had to be a key. */
  drop(): void {
    const key = this.take()
    if (key?.required) throw missingColon(key)
  }

  /** Drops what can no more become a key. */
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
  return new YamlError('a line that is no `key: value`: the colon is missing, or a quote before it', at)
}
