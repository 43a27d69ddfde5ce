import type { ServerFacts } from '../domain/server-facts.ts'
import type { ActualStage, DesiredStage } from '../domain/stage.ts'
import type { PlaybookEvent } from '../playbook/events.ts'
import { reasonOf } from '../playbook/narrate.ts'
import { fatalResults, type PlaybookOutcome } from '../playbook/outcome.ts'
import { renderedFiles } from '../playbook/render.ts'
import { deployTags, synapseTags } from '../playbook/tags.ts'
import { delegationOf, readYamlObject, takesPasswords } from '../server/configuration.ts'
import { ToolkitError } from '../support/errors.ts'
import { actualStage } from './plan/actual-stage.ts'
import { type Plan, planFor } from './plan/plan.ts'

/** One run of the playbook, as far as a deployment chooses it. */
export interface DeployRun {
  readonly tags: readonly string[]
  readonly check: boolean
  readonly onEvent?: (event: PlaybookEvent) => void
}

/** The server and the playbook; plain objects in tests. */
export interface DeployPorts {
  probe(): Promise<ServerFacts>
  playbook(run: DeployRun): Promise<PlaybookOutcome>
  /** For a person who watches; masks and escapes. */
  log(text: string): void
  onEvent(event: PlaybookEvent): void
  mask(text: string): string
  /** Whether the job was cancelled. */
  cancelled?(): boolean
}

export interface DeployRequest {
  readonly host: string
  /** What was deployed last; where nobody knows, what the server is stands for it. */
  readonly before?: DesiredStage
  readonly after: DesiredStage
  /** Instead of the tags that fit the change. The lockout is refused all the same. */
  readonly tags?: readonly string[]
}

/** What one deployment came to. Texts are masked. */
export interface Deployment {
  readonly host: string
  readonly before: DesiredStage
  readonly after: DesiredStage
  readonly actual: ActualStage
  readonly plan: Plan['kind']
  readonly why: string
  readonly tags: readonly string[]
  /** The stage that the probe saw afterwards; absent where nothing ran. */
  readonly reached?: ActualStage
  readonly changed: readonly string[]
  readonly seconds: number
}

/**
 * Brings one server to what its vars say, unless that would change who authenticates: going live over accounts that were
 * not migrated, or back, is refused here and is the work of `migrate`.
 * @throws ToolkitError with the plan's own reason where it refuses, `refused-lockout` where a migration is due,
 *   `lock-held` while one runs, `playbook-failed`, `cancelled`, and `unhealthy` where Synapse does not run afterwards.
 */
export async function deployHost(request: DeployRequest, ports: DeployPorts): Promise<Deployment> {
  const facts = await ports.probe()
  const { stage: actual, why: seen } = actualStage(facts)
  const before = request.before ?? asDeployed(actual, request.after)
  ports.log(`${request.host}: ${before} → ${request.after}, and the server is ${actual}. ${seen}`)
  refuseWhileBusy(request.host, facts)
  const plan = planFor({
    before,
    after: request.after,
    actual,
    side: { users: facts.synapse.accounts > 0, journal: facts.ours.journal.state, changed: true },
  })
  demandDeploy(request.host, plan)
  if (facts.synapse.exists && facts.synapse.accounts > 0) await demandSameLogin(request, actual, ports)
  const tags = request.tags ?? deployTags(request.after, actual)
  ports.log(`${request.host}: ansible-playbook setup.yml --tags=${tags.join(',')}`)
  const outcome = await ports.playbook({ tags, check: false, onEvent: ports.onEvent })
  demandSuccess(request.host, outcome, ports)
  const reached = await demandHealth(request, facts, ports)
  return {
    host: request.host,
    before,
    after: request.after,
    actual,
    plan: plan.kind,
    why: plan.why,
    tags,
    reached,
    changed: outcome.results
      .filter(result => result.host === request.host && result.status === 'changed')
      .map(result => ports.mask(result.task.name)),
    seconds: outcome.seconds,
  }
}

function asDeployed(actual: ActualStage, after: DesiredStage): DesiredStage {
  if (actual === 'absent') return 'off'
  if (actual === 'live') return 'live'
  return actual === 'inconsistent' ? after : 'prepared'
}

function refuseWhileBusy(host: string, { ours }: ServerFacts): void {
  if (ours.lock !== undefined && ours.lock.leaseSeconds > 0) {
    throw new ToolkitError({
      kind: 'refused',
      reason: 'lock-held',
      what: 'A migration of this server is under way.',
      where: host,
      remedy: 'Wait until it is done, then deploy again.',
    })
  }
  if (ours.hold || ours.guard === 'armed') {
    throw new ToolkitError({
      kind: 'refused',
      reason: 'refused-state',
      what: 'An unfinished migration keeps Synapse from starting, or is still guarded.',
      where: host,
      remedy: 'Run migrate again: it goes on where it stopped, or takes the migration back.',
    })
  }
}

function demandDeploy(host: string, plan: Plan): void {
  if (plan.kind === 'deploy' || plan.kind === 'nothing') return
  if (plan.kind === 'refuse') {
    throw new ToolkitError({
      kind: 'refused',
      reason: plan.reason,
      what: plan.why,
      where: host,
      remedy: plan.remedy,
    })
  }
  const lockout = plan.kind === 'migrate'
  throw new ToolkitError({
    kind: 'refused',
    reason: lockout ? 'refused-lockout' : 'refused-state',
    what: lockout
      ? 'The vars make MAS live, and the accounts are not in MAS yet: deploying them would lock everybody out.'
      : `This change is no deployment: ${plan.why}`,
    where: host,
    remedy: `Run the action migrate, which does what is due here (${plan.kind}).`,
  })
}

/**
 * Vars can delegate without saying so by the two variables of the stage, or not delegate though these say live, and today's
 * playbook turns password login off as soon as MAS is enabled. What the playbook would write tells.
 */
async function demandSameLogin(
  { host, after }: DeployRequest,
  actual: ActualStage,
  ports: DeployPorts,
): Promise<void> {
  ports.log(`${host}: a check run shows what Synapse's configuration would be.`)
  const outcome = await ports.playbook({ tags: synapseTags, check: true })
  demandSuccess(host, outcome, ports)
  const { files, unreadable } = renderedFiles(outcome.results, host)
  const file = files.find(({ path }) => path.endsWith('/homeserver.yaml'))
  const locked = file && lockoutBy(readYamlObject(file.before), readYamlObject(file.after), after, actual)
  const withheld = unreadable.some(path => path.endsWith('/homeserver.yaml'))
    ? unreadableHomeserver
    : undefined
  const what = locked ?? withheld
  if (what === undefined) return
  throw new ToolkitError({
    kind: 'refused',
    reason: 'refused-lockout',
    what,
    where: host,
    remedy:
      actual === 'live'
        ? 'Take out of the vars whatever turns delegation off by itself, such as matrix_synapse_matrix_authentication_service_enabled: false; to go back to the own login of Synapse, run migrate with operation: rollback.'
        : "Take out of the vars whatever turns delegation on by itself, such as matrix_synapse_experimental_features_msc3861_enabled; while prepared, today's playbook needs matrix_synapse_matrix_authentication_service_enabled: false.",
  })
}

const unreadableHomeserver = "What the vars would make of Synapse's homeserver.yaml cannot be read."

/** Why nobody could log in with what would be written; undefined where somebody could. */
function lockoutBy(
  before: ReturnType<typeof readYamlObject>,
  homeserver: ReturnType<typeof readYamlObject>,
  stage: DesiredStage,
  actual: ActualStage,
): string | undefined {
  if (homeserver === undefined) return unreadableHomeserver
  if (actual === 'live') {
    return delegationOf(homeserver) === 'no'
      ? 'The vars would make Synapse delegate to MAS no more, though they say that MAS is live: every session and password made in MAS would be void.'
      : undefined
  }
  if (delegationOf(homeserver) !== 'no')
    return 'The vars would make Synapse delegate to MAS, though they do not say that MAS is live: everybody would be locked out.'
  const turnedOff = before !== undefined && takesPasswords(before) && !takesPasswords(homeserver)
  if (stage === 'prepared' && turnedOff)
    return 'The vars would turn password login off in Synapse before the accounts are in MAS: nobody could log in with a password until the migration.'
  return undefined
}

function demandSuccess(host: string, outcome: PlaybookOutcome, ports: DeployPorts): void {
  const stats = outcome.stats[host]
  if (outcome.code === 0 && stats !== undefined && stats.failures + stats.unreachable === 0) return
  if (ports.cancelled?.()) throw cancelled(host)
  const [failure] = fatalResults(outcome).filter(result => result.host === host)
  const said = failure ? `: ${ports.mask(failure.task.name)}: ${ports.mask(reasonOf(failure))}` : ''
  throw new ToolkitError({
    kind: 'tool',
    reason: 'playbook-failed',
    what:
      outcome.code === 0
        ? 'The playbook ran, and not on this host.'
        : `The playbook failed (exit code ${outcome.code ?? 'none: it was ended'})${said}`,
    where: host,
    remedy:
      outcome.code === 0
        ? 'Check that the host is in the group matrix_servers, and that limit names it.'
        : 'Put right what the message names, then deploy again: the playbook goes over what is done already.',
  })
}

function cancelled(host: string): ToolkitError {
  return new ToolkitError({
    kind: 'tool',
    reason: 'cancelled',
    what: 'The deployment was cancelled while the playbook ran.',
    where: host,
    meaning: 'Services that the playbook had stopped to restart them may be down.',
    remedy: 'Deploy again: the playbook goes over what is done already, and starts what should run.',
  })
}

async function demandHealth(
  request: DeployRequest,
  before: ServerFacts,
  ports: DeployPorts,
): Promise<ActualStage> {
  const facts = await ports.probe()
  const { stage, why } = actualStage(facts)
  const running = [facts.postgres, facts.synapse, ...(request.after === 'off' ? [] : [facts.mas])]
  const down = running.filter(unit => !unit.container || !['active', 'activating'].includes(unit.active))
  const lostDelegation = actualStage(before).stage === 'live' && stage !== 'live'
  if (down.length > 0 || (before.synapse.accounts > 0 && (stage === 'inconsistent' || lostDelegation))) {
    throw new ToolkitError({
      kind: 'server',
      reason: 'unhealthy',
      what:
        down.length > 0
          ? `After the deployment ${down.map(unit => `${unit.name} is ${unit.active || 'missing'}`).join(', ')}.`
          : lostDelegation
            ? `After the deployment Synapse no longer delegates to MAS: ${ports.mask(why)}`
            : `After the deployment the server is in no stage of a migration: ${ports.mask(why)}`,
      where: request.host,
      meaning: down.some(unit => unit.name === facts.synapse.name)
        ? 'Users cannot reach their homeserver.'
        : 'Users are not affected as long as Synapse keeps its own login.',
      remedy: 'Read the logs on the server: journalctl -u matrix-synapse -u matrix-authentication-service.',
    })
  }
  ports.log(`${request.host}: the server is now ${stage}. ${why}`)
  return stage
}
