import { randomBytes } from 'node:crypto'
import type { ServerFacts } from '../../domain/server-facts.ts'
import { type Examination, type Examined, examine, outOfReach } from '../../migration/doctor.ts'
import { onceFree } from '../../migration/once-free.ts'
import { systemClock } from '../../migration/run/server.ts'
import { printFailures } from '../../playbook/narrate.ts'
import { runPlaybook } from '../../playbook/run.ts'
import { type Ask, askFrom } from '../../server/http.ts'
import { readNames } from '../../server/names.ts'
import { probeServer } from '../../server/probe.ts'
import type { ServerSession } from '../../server/session.ts'
import { ToolkitError } from '../../support/errors.ts'
import { type Access, accessOf, type ServerInputs, type Target } from '../targets.ts'
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
  const access = await accessOf(inputs, root, environment)
  const examinations: Examination[] = []
  for (const target of access.targets) {
    examinations.push(
      await examineOne(inputs, access, target, log).catch(error =>
        outOfReach(target.address.inventoryName, knownError(error)),
      ),
    )
  }
  return examinations
}

async function compatibility(
  session: ServerSession,
  facts: ServerFacts,
  ask: Ask,
): Promise<Pick<Examined, 'compatibilityStatus'>> {
  const { delegating } = facts.synapse
  if (!facts.mas.installed || delegating === 'no' || delegating === 'unreadable') return {}
  const { names } = await readNames(session, facts)
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
  access: Access,
  target: Target,
  log: (line: string) => void,
): Promise<Examination> {
  const { inventory, checkout, trust } = access
  return withServer(inputs, access, target, log, async ({ session, print }) => {
    const facts = await onceFree(() => probeServer(session, checkout.dialect), systemClock, print)
    const tag = facts.mas.installed ? checkout.capabilities.doctorTag : undefined
    if (tag !== undefined) print(`The playbook runs ${tag} on ${facts.host}.`)
    const outcome =
      tag === undefined
        ? undefined
        : await runPlaybook({
            checkout,
            inventory,
            limit: target.address.inventoryName,
            tags: [tag],
            extraVars: inputs.extraVars,
            trust,
            ...(inputs.vaultPassword === undefined ? {} : { vaultPassword: inputs.vaultPassword }),
            timeoutMs: 15 * 60_000,
            ...printFailures(print),
          })
    const ask = askFrom(session, facts.synapse.name)
    const url = 'http://localhost:8008/_matrix/client/v3/account/whoami'
    // A new one each time: Synapse keeps MAS's answer about a token for two minutes.
    const token = `syt_${randomBytes(24).toString('hex')}`
    const strange = await ask({ url, token }).catch(() => undefined)
    return examine({
      facts,
      ...(outcome === undefined ? {} : { outcome }),
      strangeTokenStatus: strange?.status ?? 0,
      ...(await compatibility(session, facts, ask)),
    })
  })
}
