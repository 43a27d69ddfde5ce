import type { Clock } from '../../domain/clock.ts'
import type { Window } from '../../server/window/window.ts'
import { ToolkitError } from '../../support/errors.ts'

const leaseSeconds = 120
const renewEveryMs = 20_000

/** The lock of the server while a run prepares and finishes. It ends by itself where the runner dies. */
export class Lease {
  readonly #window: Window
  readonly #clock: Clock
  readonly #run: string
  #released = false
  #renewing: Promise<void> = Promise.resolve()
  /** Set where another run took the lock over. */
  lost: ToolkitError | undefined

  private constructor(window: Window, clock: Clock, run: string) {
    this.#window = window
    this.#clock = clock
    this.#run = run
  }

  /** @throws ToolkitError `lock-held` while another run is alive. */
  static async take(window: Window, clock: Clock, owner: string, run: string): Promise<Lease> {
    await window.lock(owner, run, leaseSeconds)
    const lease = new Lease(window, clock, run)
    lease.#renewing = lease.#renew()
    return lease
  }

  /** A failure is of no consequence: the lease expires. */
  async release(): Promise<void> {
    this.#released = true
    await this.#renewing
    await this.#window.unlock(this.#run).catch(() => undefined)
  }

  async #renew(): Promise<void> {
    let waited = 0
    while (!this.#released && this.lost === undefined) {
      // Short sleeps, so that release() does not wait for a whole interval.
      await this.#clock.sleep(250)
      waited += 250
      if (this.#released || waited < renewEveryMs) continue
      waited = 0
      await this.#window.renew(this.#run, leaseSeconds).catch((error: unknown) => {
        // A lost connection is tried again; the lease lasts for several attempts.
        if (error instanceof ToolkitError && error.reason === 'lock-held') this.lost = error
      })
    }
  }
}
