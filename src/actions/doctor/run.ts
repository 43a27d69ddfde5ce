import { randomBytes } from 'node:crypto'
import type { ServerFacts } from '../../domain/server-facts.ts'
import { type Examination, type Examined, examine, outOfReach } from '../../migration/doctor.ts'
import { onceFree } from '../../migration/once-free.ts'
import { systemClock } from '../../migration/run/server.ts'
import { type HttpClient, httpFrom } from '../../server/http.ts'
import type { Server } from '../../server/server.ts'
import { ToolkitError } from '../../support/errors.ts'
import { resolveTargets, type ServerInputs, type Target, type Targets } from '../targets.ts'
import { withServer } from '../with-server.ts'

/**
 * Examines each host, one after the other; what one host has does not keep the others from being examined. A host that
 * cannot be reached or looked at is one that is not healthy: whoever is on call hears of it like of anything else.
 * @param log Gets masked lines of untrusted text; whoever prints them escapes them.
 * @throws ToolkitError where the inputs, the inventory or the checkout are wrong.
 */
export async function examineServers(
  inputs: ServerInputs,
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
  log: (line: string) => void,
): Promise<readonly Examination[]> {
  const targets = await resolveTargets(inputs, root, environment)
  const examinations: Examination[] = []
  for (const target of targets.targets) {
    examinations.push(
      await examineOne(inputs, targets, target, log).catch(error =>
        outOfReach(target.address.inventoryName, knownError(error)),
      ),
    )
  }
  return examinations
}

async function compatibility(
  server: Server,
  facts: ServerFacts,
  ask: HttpClient,
): Promise<Pick<Examined, 'compatibilityStatus'>> {
  const { delegating } = facts.synapse
  if (!facts.mas.installed || delegating === 'no' || delegating === 'unreadable') return {}
  const { names } = await server.names(facts)
  const answer = await ask({ url: `${names.masUrl}/_matrix/client/v3/login` }).catch(() => undefined)
  return { compatibilityStatus: answer?.status ?? 0 }
}

/** A bug is no finding about a server. */
function knownError(error: unknown): ToolkitError {
  if (error instanceof ToolkitError) return error
  throw error
}

async function examineOne(
  inputs: ServerInputs,
  targets: Targets,
  target: Target,
  log: (line: string) => void,
): Promise<Examination> {
  const { doctorTag } = targets.checkout.capabilities
  return withServer(inputs, targets, target, log, async ({ server, playbook, print }) => {
    const facts = await onceFree(server.probe, systemClock, print)
    const tag = facts.mas.installed ? doctorTag : undefined
    if (tag !== undefined) print(`The playbook runs ${tag} on ${facts.host}.`)
    const outcome =
      tag === undefined ? undefined : await playbook.run({ tags: [tag], timeoutMs: 15 * 60_000 })
    const ask = httpFrom(server.session, facts.synapse.name)
    const url = 'http://localhost:8008/_matrix/client/v3/account/whoami'
    // A new one each time: Synapse keeps MAS's answer about a token for two minutes.
    const token = `syt_${randomBytes(24).toString('hex')}`
    const strange = await ask({ url, token }).catch(() => undefined)
    return examine({
      facts,
      ...(outcome === undefined ? {} : { outcome }),
      strangeTokenStatus: strange?.status ?? 0,
      ...(await compatibility(server, facts, ask)),
    })
  })
}
