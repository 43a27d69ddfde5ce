import type { Clock } from '../domain/clock.ts'
import { isLocked, type ServerFacts } from '../domain/server-facts.ts'
import { serverProgram } from '../server/window/window.ts'
import { ToolkitError } from '../support/errors.ts'

const pauseMs = 10_000
const mostPauses = 60

/**
 * Probes the server once no other run holds its lock: a running migration stops services for a short time, so facts from
 * then are of no use. Waits for up to ten minutes.
 * @throws ToolkitError `lock-held` where the lock is held for longer.
 */
export async function probeWhenUnlocked(
  probe: () => Promise<ServerFacts>,
  clock: Pick<Clock, 'sleep'>,
  log: (text: string) => void,
): Promise<ServerFacts> {
  for (let pauses = 0; ; pauses += 1) {
    const facts = await probe()
    if (!isLocked(facts.ours)) return facts
    const owner = facts.ours.lock?.owner ?? 'a run'
    if (pauses === mostPauses) throw heldForLong(facts.host, owner)
    if (pauses === 0) log(`The server is locked by ${owner}. Waiting for that run to end.`)
    await clock.sleep(pauseMs)
  }
}

function heldForLong(host: string, owner: string): ToolkitError {
  return new ToolkitError({
    reason: 'lock-held',
    what: `The server is still locked by ${owner} after ten minutes.`,
    where: host,
    remedy: `Open the run that the message names, or run on the server: \`${serverProgram} status\`. A backup of a large database can take hours.`,
  })
}
