import type { Clock } from '../../domain/clock.ts'
import type { Window } from '../../server/window/window.ts'

const leaseSeconds = 120
const tickMs = 250
const ticksToRenew = 80

/**
 * Takes the lock of the server while a run prepares and finishes. It ends by itself where the runner dies.
 * @returns a function that releases it.
 * @throws ToolkitError `lock-held` while another run is alive.
 */
export async function takeLease(
  window: Pick<Window, 'lock' | 'renew' | 'unlock'>,
  clock: Pick<Clock, 'sleep'>,
  owner: string,
  run: string,
): Promise<() => Promise<void>> {
  await window.lock(owner, run, leaseSeconds)
  let isReleased = false
  const renewing = (async () => {
    for (let tick = 1; !isReleased; tick += 1) {
      // Short sleeps, so that the release does not wait for a whole interval.
      await clock.sleep(tickMs)
      // A lost connection is tried again; the lease lasts for several attempts. A lost lock is found by the run's next command.
      if (!isReleased && tick % ticksToRenew === 0)
        await window.renew(run, leaseSeconds).catch(() => undefined)
    }
  })()
  return async () => {
    isReleased = true
    await renewing
    // A failure is of no consequence: the lease expires.
    await window.unlock(run).catch(() => undefined)
  }
}
