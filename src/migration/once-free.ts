import type { ServerFacts } from '../domain/server-facts.ts'
import { ToolkitError } from '../support/errors.ts'
import type { Clock } from './run/context.ts'

const pauseMs = 10_000
const mostPauses = 60

/**
 * What a probe sees once nobody holds the server: while a migration runs services stop for moments, and what is seen then
 * says nothing. Waits ten minutes at most.
 * @throws ToolkitError `lock-held` where the server is held for longer.
 */
export async function onceFree(
  probe: () => Promise<ServerFacts>,
  clock: Pick<Clock, 'sleep'>,
  log: (text: string) => void,
): Promise<ServerFacts> {
  for (let pauses = 0; ; pauses += 1) {
    const facts = await probe()
    const { lock } = facts.ours
    if (!lock || lock.leaseSeconds <= 0) return facts
    if (pauses === mostPauses) throw heldForLong(facts.host, lock.owner)
    if (pauses === 0) log(`The server is held by ${lock.owner}: waiting until that is done.`)
    await clock.sleep(pauseMs)
  }
}

function heldForLong(host: string, owner: string): ToolkitError {
  return new ToolkitError({
    kind: 'refused',
    reason: 'lock-held',
    what: `The server has been held by ${owner} for ten minutes.`,
    where: host,
    remedy: 'Look at the run that holds it: a migration takes minutes.',
  })
}
