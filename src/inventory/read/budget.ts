import type { Finding, Place } from '../../domain/finding.ts'
import { limits } from './limits.ts'
import { addProblems, ReadingProblem } from './problem.ts'

/** Limits how much of one inventory is read, so that a hostile repository cannot exhaust memory or time. */
export class Budget {
  private bytes = 0
  private parts = 0
  /** Whether a finding already reports the exceeded limit. */
  private exhausted = false

  /** @throws ReadingProblem if the total size of the files exceeds the limit. */
  spendBytes(bytes: number, place: Place): void {
    this.bytes += bytes
    this.spendParts(0, place)
    if (this.exhausted || this.bytes > limits.allBytes)
      throw this.stop(`its files have more than ${limits.allBytes} bytes`, place)
  }

  /** @throws ReadingProblem if the total number of values exceeds the limit. */
  spendParts(parts: number, place: Place): void {
    this.parts += parts
    if (this.parts > limits.allParts) throw this.stop(`it has more than ${limits.allParts} values`, place)
  }

  /**
   * Reads a file. A problem that stops the reading is added to the list, unless another one already reports that the limit is
   * exceeded. @returns whether the file was read to its end.
   */
  attempt(problems: Finding[], read: () => void): boolean {
    const { exhausted } = this
    try {
      read()
      return true
    } catch (error) {
      if (!(error instanceof ReadingProblem)) throw error
      // A file that was rejected for its number of values was read up to that number.
      if (error.finding.id === 'inventory/limit') this.parts += limits.parts
      if (!exhausted) addProblems(problems, error.finding)
      return false
    }
  }

  private stop(what: string, place: Place): ReadingProblem {
    this.exhausted = true
    return new ReadingProblem('inventory/limit', `the inventory is too large: ${what}`, place)
  }
}
