import type { Deployment } from '../domain/reports.ts'
import { isDown, isLocked, type ServerFacts } from '../domain/server-facts.ts'
import type { ActualStage, DesiredStage } from '../domain/stage.ts'
import { startOperation } from '../domain/start-apply.ts'
import type { PlaybookEvent } from '../playbook/events.ts'
import { narrate } from '../playbook/narrate.ts'
import { failureOf, type PlaybookOutcome } from '../playbook/outcome.ts'
import type { Playbook } from '../playbook/playbook.ts'
import { renderedFiles } from '../playbook/render.ts'
import { deployTags, synapseTags } from '../playbook/tags.ts'
import type { Server } from '../server/server.ts'
import { capitalised } from '../support/capitalised.ts'
import { ToolkitError } from '../support/errors.ts'
import { lockoutBy } from './lockout.ts'
import { actualStage } from './plan/actual-stage.ts'
import { type Plan, planFor, refusalOf } from './plan/plan.ts'
import { requireNothingUnfinished } from './unfinished.ts'

/** What a deployment uses; plain objects in tests. */
export interface DeployPorts {
  readonly server: Pick<Server, 'probe' | 'sql'>
  readonly playbook: Pick<Playbook, 'run'>
  /** Masks and logs untrusted lines. */
  readonly print: (text: string) => void
  /** Marks the record of the last deployment as incomplete, until `remember`. Whether it was complete. */
  readonly begin: () => Promise<boolean>
  /** Records a deployment of all vars: in stage prepared it spares the migration a check run, and the doctor compares with it. */
  readonly remember: (outcome: PlaybookOutcome) => Promise<void>
  /** Aborted when the job is cancelled: Ansible is ended then; commands on the server end on their own. */
  readonly signal: AbortSignal
}

export interface DeployRequest {
  readonly host: string
  /** The stage of the vars that were deployed last; derived from the server where it is unknown. */
  readonly before?: DesiredStage
  readonly after: DesiredStage
  /** Replaces the tags that fit the change. A lockout is refused regardless. */
  readonly tags?: readonly string[]
  /** The playbook's variable that makes `start` restart only what changed in the same run. */
  readonly restartVariable?: string
}

/**
 * Deploys one server, unless that would change who authenticates users: going live with accounts that were not migrated,
 * and rolling back, are refused here. The action `migrate` does those.
 * @throws ToolkitError with the plan's own reason where it refuses, `refused-lockout` where a migration is due,
 *   `lock-held` while one is running, `playbook-failed`, `cancelled`, and `unhealthy` where Synapse does not run afterwards.
 */
export async function deployHost(request: DeployRequest, ports: DeployPorts): Promise<Deployment> {
  const facts = await ports.server.probe()
  const { stage: actual, why: seen } = actualStage(facts)
  const before = request.before ?? deployedStage(actual, request.after)
  ports.print(
    `${request.host}: stage of the vars: ${before} → ${request.after}; stage of the server: ${actual}. ${seen}`,
  )
  refuseWhileBusy(request.host, facts)
  const plan = planFor({
    before,
    after: request.after,
    actual,
    options: { users: facts.synapse.accounts > 0 },
  })
  requireDeploy(request, plan, seen)
  if (facts.synapse.exists && facts.synapse.accounts > 0) await requireSameLogin(request, facts, ports)
  const tags = request.tags ?? deployTags(request.after, actual)
  const isComplete = (await ports.begin().catch(warnOf(ports))) ?? true
  const restarting = isComplete || request.tags !== undefined ? undefined : request.restartVariable
  if (restarting !== undefined) ports.print(`${request.host}: ${restartsAll}`)
  ports.print(`${request.host}: ansible-playbook setup.yml --tags=${tags.join(',')}`)
  const onEvent = (event: PlaybookEvent) => printChange(event, ports.print)
  const outcome = await ports.playbook.run({
    tags,
    vars: { extraVars: restarting === undefined ? {} : { [restarting]: false } },
    onEvent,
  })
  requireSuccess(request.host, outcome, ports)
  const stageAfter = await requireHealth(request, facts, ports)
  if (request.tags === undefined) await ports.remember(outcome).catch(warnOf(ports))
  return {
    host: request.host,
    before,
    after: request.after,
    actual,
    plan: plan.kind,
    why: plan.why,
    tags,
    stageAfter,
    changed: outcome.results
      .filter(result => result.host === request.host && result.status === 'changed')
      .map(result => result.task.name),
    seconds: outcome.seconds,
  }
}

/** Without a record, the migration needs a check run; no reason to fail. */
function warnOf({ print }: DeployPorts): (error: unknown) => undefined {
  return error => {
    print(`Warning: the deployment could not be recorded: ${error instanceof Error ? error.message : ''}`)
    return undefined
  }
}

/** The files that an incomplete deployment wrote are no change of this run: their services would keep the old ones. */
const restartsAll =
  'The last deployment failed, was cancelled, or had chosen tags, so the playbook restarts all services.'

function printChange(event: PlaybookEvent, print: DeployPorts['print']): void {
  const text = narrate(event)
  if (text !== undefined) print(text)
}

function deployedStage(actual: ActualStage, after: DesiredStage): DesiredStage {
  if (actual === 'absent') return 'off'
  if (actual === 'live') return 'live'
  return actual === 'inconsistent' ? after : 'prepared'
}

function refuseWhileBusy(host: string, facts: ServerFacts): void {
  if (isLocked(facts.ours)) {
    throw new ToolkitError({
      reason: 'lock-held',
      what: 'Another run is working on this server.',
      where: host,
      remedy: 'Wait until it has ended, then deploy again.',
    })
  }
  requireNothingUnfinished(facts)
}

function requireDeploy({ host, after }: DeployRequest, plan: Plan, seen: string): void {
  if (plan.kind === 'deploy' || plan.kind === 'nothing') return
  if (plan.kind === 'refuse') throw refusalOf(plan, seen, host)
  const lockout = plan.kind === 'migrate'
  const operation = lockout || (plan.kind === 'repair' && after === 'live') ? 'migrate' : 'rollback'
  throw new ToolkitError({
    reason: lockout ? 'refused-lockout' : 'refused-state',
    what: lockout
      ? 'The vars make MAS live, but the accounts are not in MAS yet: deploying them would lock out all users.'
      : `This change cannot be deployed: ${plan.why}`,
    where: host,
    remedy: `${capitalised(startOperation(operation))}.`,
  })
}

/**
 * Vars can turn delegation on or off by other variables than the two that decide the stage. Today's playbook also turns
 * password login off as soon as MAS is enabled. Vars that follow a rollback can lack the login providers that the server has
 * again. So the configuration that the playbook would write decides.
 */
async function requireSameLogin(
  { host, after }: DeployRequest,
  facts: ServerFacts,
  ports: DeployPorts,
): Promise<void> {
  ports.print(`${host}: check run of the playbook, to see Synapse's new configuration.`)
  const outcome = await ports.playbook.run({
    tags: synapseTags,
    check: true,
    vars: { extraVars: withoutCustomizedImage },
  })
  requireSuccess(host, outcome, ports)
  const { files, unreadable } = renderedFiles(outcome.results, host)
  const file = files.find(({ path }) => path.endsWith('/homeserver.yaml'))
  const isWithheld = unreadable.some(path => path.endsWith('/homeserver.yaml'))
  const lockout = file || isWithheld ? await lockoutBy(file, after, facts, ports.server) : undefined
  if (lockout) throw new ToolkitError({ reason: 'refused-lockout', where: host, ...lockout })
}

/**
 * Building an image fails in a check run if the change turns customizations on: the folder for it does not exist yet.
 * `homeserver.yaml` does not depend on the image.
 */
const withoutCustomizedImage = { matrix_synapse_container_image_customizations_enabled: false }

function requireSuccess(host: string, outcome: PlaybookOutcome, ports: DeployPorts): void {
  const stats = outcome.stats[host]
  if (outcome.code === 0 && stats !== undefined && stats.failures + stats.unreachable === 0) return
  if (ports.signal.aborted) throw cancelled(host)
  const how = outcome.code === null ? '(it was killed).' : `(exit code ${outcome.code})${failureOf(outcome)}`
  throw new ToolkitError({
    reason: 'playbook-failed',
    what:
      outcome.code === 0
        ? 'The playbook ran but matched no tasks on this host.'
        : `The playbook failed ${how}`,
    where: host,
    remedy:
      outcome.code === 0
        ? 'Check that the host is in the group matrix_servers, and that `limit` includes it.'
        : `Fix the cause that the message names, then deploy again. ${restart}`,
  })
}

const restart =
  'Unless you set `tags`, all services are restarted then, so that none keeps its old configuration.'

function cancelled(host: string): ToolkitError {
  return new ToolkitError({
    reason: 'cancelled',
    what: 'The deployment was cancelled while the playbook ran.',
    where: host,
    meaning: 'Services that the playbook was restarting may be down.',
    remedy: `Deploy again. ${restart}`,
  })
}

async function requireHealth(
  request: DeployRequest,
  before: ServerFacts,
  ports: DeployPorts,
): Promise<ActualStage> {
  const facts = await ports.server.probe()
  const { stage, why } = actualStage(facts)
  const running = [facts.postgres, facts.synapse, ...(request.after === 'off' ? [] : [facts.mas])]
  const down = running.filter(isDown)
  const lostDelegation = actualStage(before).stage === 'live' && stage !== 'live'
  if (down.length > 0 || (before.synapse.accounts > 0 && (stage === 'inconsistent' || lostDelegation))) {
    throw new ToolkitError({
      reason: 'unhealthy',
      what:
        down.length > 0
          ? `After the deployment ${down.map(unit => `${unit.name} is ${unit.active || 'missing'}`).join(', ')}.`
          : lostDelegation
            ? `After the deployment Synapse no longer delegates to MAS: ${why}`
            : `After the deployment the server matches no stage of a migration: ${why}`,
      where: request.host,
      meaning: down.some(unit => unit.name === facts.synapse.name)
        ? 'Users cannot reach their homeserver.'
        : 'Users are not affected as long as Synapse uses its built-in login.',
      remedy: 'Run on the server: `journalctl -u matrix-synapse -u matrix-authentication-service -n 50`',
    })
  }
  ports.print(`${request.host}: stage of the server: ${stage}. ${why}`)
  return stage
}
