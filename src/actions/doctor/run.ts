import { randomBytes } from 'node:crypto'
import { systemClock } from '../../domain/clock.ts'
import { failedCheck } from '../../domain/health-checks.ts'
import type { HealthReport, HealthReports } from '../../domain/reports.ts'
import { isDown, type ServerFacts } from '../../domain/server-facts.ts'
import { hostsOfPlaybook } from '../../inventory/playbook-hosts.ts'
import { varsDigest } from '../../migration/deployment-record.ts'
import { healthCheck, type Observations, unreachable } from '../../migration/doctor.ts'
import type { CanaryOptions } from '../../migration/health/canary.ts'
import type { Pin } from '../../migration/health/server-tasks.ts'
import { type HealthTask, runTasks, unknown } from '../../migration/health/tasks.ts'
import { publicTasksFor, type TaskOptions, tasksFor } from '../../migration/health/tasks-for.ts'
import { probeWhenUnlocked } from '../../migration/probe-when-unlocked.ts'
import type { Playbook } from '../../playbook/playbook.ts'
import { isReadWhole } from '../../rules/facts/source.ts'
import { type Component, pinnedVersion } from '../../rules/facts/versions.ts'
import type { HttpClient } from '../../server/http.ts'
import { masUnit, synapseUnit, synapseUrl } from '../../server/names.ts'
import { type PublicWeb, publicWeb } from '../../server/public-web.ts'
import type { Server } from '../../server/server.ts'
import { ToolkitError } from '../../support/errors.ts'
import type { Runtime } from '../run-action.ts'
import { resolveTargets, type ServerInputs, type Target, type Targets } from '../targets.ts'
import { type ConnectedServer, withServer } from '../with-server.ts'

/** Of a test account, both or neither. */
export interface DoctorInputs extends ServerInputs {
  readonly canaryUser?: string | undefined
  readonly canaryPassword?: string | undefined
}

/**
 * Checks one host after the other: Ansible's lines in the log do not name their host, and a busy runner would exceed the time limits of
 * the checks. A failure on one host does not stop the checks of the others. A host that is unreachable is reported as not healthy.
 *
 * @param onChecked Receives the reports of all hosts after each check. A host whose turn is still to come is not healthy.
 * @throws ToolkitError where the inputs, the inventory or the checkout are wrong.
 */
export async function checkServers(
  inputs: DoctorInputs,
  runtime: Runtime,
  onChecked: (reports: HealthReports) => void = () => undefined,
  web: PublicWeb = publicWeb(),
): Promise<HealthReports> {
  const targets = await resolveTargets(inputs, runtime)
  const { inventory } = targets.subject.repository
  const hosts = targets.targets.map(({ address }) => notChecked(address.inventoryName))
  const reports = {
    hosts,
    ...(isReadWhole(inventory) && { inventory: hostsOfPlaybook(inventory).map(({ name }) => name) }),
  }
  for (const [index, target] of targets.targets.entries()) {
    const check = checkOne(inputs, targets, target, runtime, web)
    hosts[index] = await reportOf(target.address.inventoryName, check)
    onChecked(reports)
  }
  return reports
}

/** The report of a host until its turn, so that one whose check never began is not taken for healthy. */
function notChecked(host: string): HealthReport {
  const finding = failedCheck(
    'not-checked',
    'The server was not checked: the doctor ended before its turn.',
    {
      severity: 'error',
      remedy:
        'Read the end of the log. If the step timed out, check fewer hosts at once: docs/many-servers.md.',
      host,
    },
  )
  return { host, findings: [finding], checks: [], good: 0, healthy: false }
}

/** The report of a check, also where the server is unreachable. */
export function reportOf(host: string, check: Promise<HealthReport>): Promise<HealthReport> {
  return check.catch(error => unreachable(host, knownError(error)))
}

async function compatibility(
  server: Server,
  facts: ServerFacts,
): Promise<Pick<Observations, 'compatibilityStatus'>> {
  const { delegating, container } = facts.synapse
  // MAS is asked from Synapse's container.
  if (!facts.mas.installed || !container || delegating === 'no' || delegating === 'unreadable') return {}
  const { names } = await server.names(facts)
  const answer = await server.http({ url: `${names.masUrl}/_matrix/client/v3/login` }).catch(() => undefined)
  return { compatibilityStatus: answer?.status ?? 0 }
}

/** A bug says nothing about the server, so it is thrown. */
function knownError(error: unknown): ToolkitError {
  if (error instanceof ToolkitError) return error
  throw error
}

async function checkOne(
  inputs: DoctorInputs,
  targets: Targets,
  target: Target,
  runtime: Runtime,
  web: PublicWeb,
): Promise<HealthReport> {
  const { doctorTag } = targets.checkout.capabilities
  const { files } = runtime.repository
  const { inventoryName } = target.address
  const digest = varsDigest(files, inputs.inventory, targets.checkout, inputs.extraVars, inventoryName)
  return withServer(targets, target, runtime, connected => {
    connected.masker.add(inputs.canaryPassword ?? '')
    return checkServer(connected, {
      desired: target.desired.stage,
      pins: pinsOf(target),
      web,
      ...(doctorTag === undefined ? {} : { doctorTag }),
      ...(digest === undefined ? {} : { digest }),
      ...canaryOf(inputs),
    })
  })
}

/** What a check of a server compares with. */
export interface CheckOptions extends TaskOptions {
  /** The playbook's tag that runs `mas-cli doctor`. */
  readonly doctorTag?: string
}

/** Checks one server; all checks run side by side. */
export async function checkServer(
  {
    server,
    playbook,
    print,
  }: Pick<ConnectedServer, 'server' | 'print'> & { playbook: Pick<Playbook, 'run'> },
  { doctorTag, ...options }: CheckOptions,
): Promise<HealthReport> {
  const facts = await probeWhenUnlocked(server.probe, systemClock, print).catch(asUnreadable)
  if (facts instanceof ToolkitError) {
    const tasks = await runTasks(await publicTasksFor(server, options))
    return unreachable(server.session.host, facts, tasks)
  }
  const fitting = facts.mas.installed ? doctorTag : undefined
  const tag = isDown(facts.mas) ? undefined : fitting
  if (tag !== undefined) print(`The playbook runs ${tag} on ${facts.host}.`)
  const [outcome, unknownTokenStatus, compatible, tasks] = await Promise.all([
    tag === undefined ? undefined : playbook.run({ tags: [tag], timeoutMs: 15 * 60_000 }).catch(knownError),
    unknownToken(server.http),
    compatibility(server, facts),
    tasksFor(server, facts, options).then(found =>
      runTasks(tag === fitting ? found : [...found, wouldStartMas]),
    ),
  ])
  return healthCheck({
    facts,
    ...(outcome === undefined ? {} : { outcome }),
    unknownTokenStatus,
    ...compatible,
    tasks,
  })
}

/** The playbook's tag starts MAS, which an operator may have stopped, for example to restore a database. */
const wouldStartMas: HealthTask = {
  name: 'mas-cli-doctor',
  limitMs: 1000,
  run: async () => unknown("MAS is not running, and the playbook's task for mas-cli doctor would start it"),
}

/** The public view does not need what the probe could not read. */
function asUnreadable(error: unknown): ToolkitError {
  if (error instanceof ToolkitError && error.reason === 'server-state-unreadable') return error
  throw error
}

async function unknownToken(ask: HttpClient): Promise<number> {
  const url = `${synapseUrl}/_matrix/client/v3/account/whoami`
  // A new token each time: Synapse caches MAS's answer about a token for two minutes.
  const token = `syt_${randomBytes(24).toString('hex')}`
  return (await ask({ url, token }).catch(() => undefined))?.status ?? 0
}

function canaryOf({ canaryUser, canaryPassword }: DoctorInputs): Pick<CanaryOptions, 'canary'> {
  if (!canaryUser && !canaryPassword) return {}
  if (!canaryUser || !canaryPassword) return { canary: 'incomplete' }
  return { canary: { user: canaryUser, password: canaryPassword } }
}

function pinsOf({ host }: Target): readonly Pin[] {
  const components = { Synapse: synapseUnit, MAS: masUnit } as const
  return Object.entries(components).flatMap(([component, unit]) => {
    const pinned = pinnedVersion(host, component as Component)
    return pinned === undefined ? [] : [{ unit, version: pinned.version.join('.') }]
  })
}
