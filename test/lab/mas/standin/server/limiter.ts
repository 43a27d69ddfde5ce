import type { Rate } from '../http-config.ts'

interface Bucket {
  tokens: number
  at: number
}

/** So many at once, then so many a second, for each key; seconds come from the clock handed in. */
export class Limiter {
  readonly #rate: Rate
  readonly #now: () => number
  readonly #buckets = new Map<string, Bucket>()

  constructor(rate: Rate, now: () => number = () => performance.now() / 1000) {
    this.#rate = rate
    this.#now = now
  }

  /** Takes one; false where there is none left. */
  take(key: string): boolean {
    const at = this.#now()
    const before = this.#buckets.get(key) ?? { tokens: this.#rate.burst, at }
    const tokens = Math.min(this.#rate.burst, before.tokens + (at - before.at) * this.#rate.perSecond)
    const granted = tokens >= 1
    this.#buckets.set(key, { tokens: granted ? tokens - 1 : tokens, at })
    return granted
  }
}
