import type { Guard } from '../../server/guard/guard.ts'
import { ToolkitError } from '../../support/errors.ts'
import type { Clock } from '../run/context.ts'

/** Renews the lease on the server until it is stopped, or until the server says that somebody else has taken over. */
export class Heartbeat {
  readonly #tools: Guard
  readonly #clock: Clock
  readonly #leaseSeconds: number
  readonly #everyMs: number
  #stopped = false
  #done: Promise<void> = Promise.resolve()
  /** Why it ended by itself. */
  failure: unknown

  constructor(tools: Guard, clock: Clock, leaseSeconds: number, everyMs: number) {
    this.#tools = tools
    this.#clock = clock
    this.#leaseSeconds = leaseSeconds
    this.#everyMs = everyMs
  }

  start(): void {
    this.#done = this.#beat()
  }

  /** Returns when no beat is under way any more. */
  async stop(): Promise<void> {
    this.#stopped = true
    await this.#done
  }

  /** No beat begins after this; for a signal, where there is no time to wait. */
  stopNow(): void {
    this.#stopped = true
  }

  async #beat(): Promise<void> {
    let due = this.#clock.now().getTime() + this.#everyMs
    let good = this.#clock.now().getTime()
    while (!this.#stopped) {
      // In small pieces, so that stop() does not wait for a whole interval.
      await this.#clock.sleep(Math.min(250, this.#everyMs))
      if (this.#stopped || this.#clock.now().getTime() < due) continue
      due = this.#clock.now().getTime() + this.#everyMs
      try {
        await this.#tools.beat(this.#leaseSeconds)
        good = this.#clock.now().getTime()
      } catch (error) {
        // A server that is slow for a moment is no reason to go back, for as long as the lease outlasts the next try.
        const elapsed = this.#clock.now().getTime() - good
        const lasts = elapsed + 2 * this.#everyMs < this.#leaseSeconds * 1000
        if (lasts && !isTakenOver(error)) continue
        this.failure = error
        return
      }
    }
  }
}

function isTakenOver(error: unknown): boolean {
  return error instanceof ToolkitError && error.reason === 'lock-held'
}
