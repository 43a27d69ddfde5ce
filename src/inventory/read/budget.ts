import type { Place } from '../../domain/finding.ts'
import { limits } from './limits.ts'
import { problem, ReadingProblem } from './problem.ts'

/** What may still be read of one inventory, so that no repository can fill the memory or the hour of a check. */
export class Budget {
  private bytes = 0
  private parts = 0
  /** One finding says that there was too much. */
  exhausted = false

  /** @throws ReadingProblem where the files are too large together. */
  spendBytes(bytes: number, place: Place): void {
    this.bytes += bytes
    this.spendParts(0, place)
    if (this.exhausted || this.bytes > limits.allBytes)
      throw this.stop(`its files have more than ${limits.allBytes} bytes`, place)
  }

  /** @throws ReadingProblem where all that is read holds too many values. */
  spendParts(parts: number, place: Place): void {
    this.parts += parts
    if (this.parts > limits.allParts) throw this.stop(`it holds more than ${limits.allParts} values`, place)
  }

  /** A file that was refused for what it holds was read up to there. */
  refused({ finding }: ReadingProblem): void {
    if (finding.id === 'inventory/limit') this.parts += limits.parts
  }

  private stop(what: string, place: Place): ReadingProblem {
    this.exhausted = true
    return new ReadingProblem(problem('inventory/limit', `the inventory is too large: ${what}`, place))
  }
}
