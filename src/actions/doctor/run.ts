import { randomBytes } from 'node:crypto'
import { systemClock } from '../../domain/clock.ts'
import type { HealthReport } from '../../domain/reports.ts'
import type { ServerFacts } from '../../domain/server-facts.ts'
import { healthCheck, type Observations, unreachable } from '../../migration/doctor.ts'
import { probeWhenUnlocked } from '../../migration/probe-when-unlocked.ts'
import { type HttpClient, httpFrom } from '../../server/http.ts'
import type { Server } from '../../server/server.ts'
import { ToolkitError } from '../../support/errors.ts'
import type { Runtime } from '../run-action.ts'
import { resolveTargets, type ServerInputs, type Target, type Targets } from '../targets.ts'
import { withServer } from '../with-server.ts'

/**
 * Checks one host after the other; a failure on one does not stop the checks of the others. A host that is unreachable is
 * reported as not healthy.
 * @throws ToolkitError where the inputs, the inventory or the checkout are wrong.
 */
export async function checkServers(inputs: ServerInputs, runtime: Runtime): Promise<readonly HealthReport[]> {
  const targets = await resolveTargets(inputs, runtime)
  const hosts: HealthReport[] = []
  for (const target of targets.targets) {
    hosts.push(
      await checkOne(targets, target, runtime).catch(error =>
        unreachable(target.address.inventoryName, knownError(error)),
      ),
    )
  }
  return hosts
}

async function compatibility(
  server: Server,
  facts: ServerFacts,
  ask: HttpClient,
): Promise<Pick<Observations, 'compatibilityStatus'>> {
  const { delegating } = facts.synapse
  if (!facts.mas.installed || delegating === 'no' || delegating === 'unreadable') return {}
  const { names } = await server.names(facts)
  const answer = await ask({ url: `${names.masUrl}/_matrix/client/v3/login` }).catch(() => undefined)
  return { compatibilityStatus: answer?.status ?? 0 }
}

/** A bug says nothing about the server, so it is thrown. */
function knownError(error: unknown): ToolkitError {
  if (error instanceof ToolkitError) return error
  throw error
}

async function checkOne(targets: Targets, target: Target, runtime: Runtime): Promise<HealthReport> {
  const { doctorTag } = targets.checkout.capabilities
  return withServer(targets, target, runtime, async ({ server, playbook, print }) => {
    const facts = await probeWhenUnlocked(server.probe, systemClock, print)
    const tag = facts.mas.installed ? doctorTag : undefined
    if (tag !== undefined) print(`The playbook runs ${tag} on ${facts.host}.`)
    const outcome =
      tag === undefined ? undefined : await playbook.run({ tags: [tag], timeoutMs: 15 * 60_000 })
    const ask = httpFrom(server.session, facts.synapse.name)
    const url = 'http://localhost:8008/_matrix/client/v3/account/whoami'
    // A new token each time: Synapse caches MAS's answer about a token for two minutes.
    const token = `syt_${randomBytes(24).toString('hex')}`
    const answer = await ask({ url, token }).catch(() => undefined)
    return healthCheck({
      facts,
      ...(outcome === undefined ? {} : { outcome }),
      unknownTokenStatus: answer?.status ?? 0,
      ...(await compatibility(server, facts, ask)),
    })
  })
}
