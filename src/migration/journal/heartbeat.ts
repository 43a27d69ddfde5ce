import type { Clock } from '../../domain/clock.ts'
import type { Guard } from '../../server/guard/guard.ts'
import { ToolkitError } from '../../support/errors.ts'

/** Renews the lease on the server until it is stopped, or until another run takes the lock over. */
export class Heartbeat {
  readonly #guard: Guard
  readonly #clock: Clock
  readonly #leaseSeconds: number
  readonly #everyMs: number
  #stopped = false
  #done: Promise<void> = Promise.resolve()
  /** Why it ended without `stop`. */
  failure: unknown

  constructor(guard: Guard, clock: Clock, leaseSeconds: number, everyMs: number) {
    this.#guard = guard
    this.#clock = clock
    this.#leaseSeconds = leaseSeconds
    this.#everyMs = everyMs
  }

  start(): void {
    this.#done = this.#beat()
  }

  /** Returns when no beat is running. */
  async stop(): Promise<void> {
    this.#stopped = true
    await this.#done
  }

  /** Starts no further beat, without waiting; for a cancelled job. */
  stopNow(): void {
    this.#stopped = true
  }

  async #beat(): Promise<void> {
    let due = this.#clock.now().getTime() + this.#everyMs
    let good = this.#clock.now().getTime()
    while (!this.#stopped) {
      // Short sleeps, so that stop() does not wait for a whole interval.
      await this.#clock.sleep(Math.min(250, this.#everyMs))
      if (this.#stopped || this.#clock.now().getTime() < due) continue
      due = this.#clock.now().getTime() + this.#everyMs
      try {
        await this.#guard.beat(this.#leaseSeconds)
        good = this.#clock.now().getTime()
      } catch (error) {
        // A slow server is no reason for a rollback while the lease lasts beyond the next attempt.
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
