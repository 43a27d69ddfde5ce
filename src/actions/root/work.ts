import { type HostVerdict, isRollbackAccepted, type Verdict } from '../../domain/verdict.ts'
import { inventoryOf } from '../../inventory/inventory-of.ts'
import { chosenHosts } from '../../inventory/playbook-hosts.ts'
import { operations, type Request } from '../../migration/run/operate.ts'
import { ToolkitError } from '../../support/errors.ts'
import type { JsonRecord } from '../../support/json.ts'
import { type Inputs, jsonObject, oneOf, optional, readInputs } from '../inputs.ts'
import type { Runtime } from '../run-action.ts'
import type { InputSource } from '../runner.ts'
import { newerCommit, replacedBy, requireDefaultBranch } from '../tip.ts'
import { fetchedSources } from '../validate-config/action.ts'
import { validationInputs } from '../validate-config/inputs.ts'
import { blockedBy, requireClean } from '../validate-config/outcome.ts'
import { hostsTouchedBy, validate } from '../validate-config/run.ts'

const choices = [...operations, 'deploy'] as const

/** What is done to one host. */
export interface HostWork {
  readonly host: string
  /** An operation of `migrate`, or `deploy`. */
  readonly operation: (typeof choices)[number]
  /** The plan of a change, where it is more than a deployment. */
  readonly expected?: Request['expected']
  /** Why the other changes of a rollback are not deployed. */
  readonly blocked?: ToolkitError
}

const inputTable = {
  ...validationInputs,
  operation: optional(oneOf(choices)),
  planned: optional(jsonObject()),
}
type WorkInputs = Inputs<typeof inputTable>

/** What a run does, and what it leaves to the run of a newer commit. */
export interface Work {
  readonly work: readonly HostWork[]
  readonly left: readonly { readonly host: string; readonly sentence: string }[]
}

/**
 * What a push or a person asks for, host by host in the order of the inventory.
 *
 * @param known The result of the check, if the step has it already.
 * @throws ToolkitError if the run is not of the default branch, the newest commit has other vars for all hosts of a push or one host of a
 * person, findings must be fixed first, a host has a plan that cannot be carried out, or an earlier job planned something else.
 */
export async function workFor(source: InputSource, runtime: Runtime, known?: Verdict): Promise<Work> {
  const inputs = readInputs(inputTable, source)
  const isPush = runtime.environment.GITHUB_EVENT_NAME === 'push'
  const work = await (isPush ? workOfPush(inputs, runtime, known) : workByHand(inputs, runtime, known))
  if (inputs.planned !== undefined) requirePlanned(inputs.planned, work.work, inputs.limit)
  return work
}

async function workOfPush(inputs: WorkInputs, runtime: Runtime, known?: Verdict): Promise<Work> {
  const { verdict, tip, outdated } = await read(inputs, runtime, known)
  const hosts = verdict.hosts.filter(({ outlook }) => outlook.expected !== 'nothing')
  const left = hosts.map(({ host }) => host).filter(host => outdated.has(host))
  if (left.length > 0 && left.length === hosts.length) throw replacedBy(tip, left, runtime.environment)
  const work = hosts
    .filter(({ host }) => !outdated.has(host))
    .map(host => workOfChange(host, isRollbackAccepted(verdict.findings, host.host)))
  const blocked = blockedBy(verdict, inputs.failOn)
  // Errors never block a rollback. Its own warning does, on a server that is still live.
  if (blocked && work.some(({ operation }) => operation !== 'rollback')) throw blocked
  return {
    work: blocked ? work.map(each => ({ ...each, blocked })) : work,
    left: left.map(host => ({ host, sentence: replacedBy(tip, [host], runtime.environment).message })),
  }
}

async function workByHand(inputs: WorkInputs, runtime: Runtime, known?: Verdict): Promise<Work> {
  const { operation = 'migrate' } = inputs
  requireDefaultBranch(runtime)
  // Ending a run, or rolling back, does not depend on the vars of the default branch.
  if (operation === 'migrate' || operation === 'deploy') {
    const { verdict, tip, outdated } = await read(inputs, runtime, known)
    if (outdated.size > 0) throw replacedBy(tip, [...outdated], runtime.environment)
    requireClean(verdict, inputs.failOn)
  }
  const hosts = chosenHosts(inventoryOf(runtime.repository.files, inputs.inventory), inputs.limit)
  const isForOne = operation !== 'deploy' && operation !== 'status'
  if (isForOne && hosts.length > 1) throw tooMany(hosts.length)
  return { work: hosts.map(({ name }) => ({ host: name, operation })), left: [] }
}

/** The result of the check, and the hosts for which the newest commit has other vars. */
async function read(inputs: WorkInputs, runtime: Runtime, known: Verdict | undefined) {
  const newer = await newerCommit(inputs.inventory, inputs.githubToken, runtime)
  if (known && !newer) return { verdict: known, tip: '', outdated: new Set<string>() }
  const { sources } = await fetchedSources(inputs, runtime)
  const outdated = newer ? hostsTouchedBy(newer.changedFiles, sources) : new Set<string>()
  return { verdict: known ?? validate(sources), tip: newer?.tip ?? '', outdated }
}

function workOfChange({ host, outlook }: HostVerdict, isAccepted: boolean): HostWork {
  switch (outlook.expected) {
    case 'deploy':
      return { host, operation: 'deploy' }
    case 'migrate':
      return { host, operation: 'migrate', expected: 'migrate' }
    case 'roll-back':
      return { host, operation: 'rollback', expected: isAccepted ? 'roll-back' : 'no-roll-back' }
    default:
      throw new ToolkitError({
        reason: outlook.expected === 'unknown' ? 'stage-unknown' : 'refused-state',
        what: `The change of ${host} cannot be carried out: its plan is ${outlook.expected}. Nothing was done on any host.`,
        where: host,
        remedy: outlook.sentence,
      })
  }
}

/** The operation of each host, in the order of the work. */
export function operationsOf(work: readonly HostWork[]): Readonly<Record<string, string>> {
  return Object.fromEntries(work.map(({ host, operation }) => [host, operation]))
}

/** Reviewers approve what the earlier job planned. Another release of this toolkit may plan something else. */
function requirePlanned(planned: JsonRecord, work: readonly HostWork[], limit: string | undefined): void {
  const before = asText(Object.entries(planned).filter(([host]) => limit === undefined || host === limit))
  const now = asText(Object.entries(operationsOf(work)))
  if (now === before) return
  throw new ToolkitError({
    reason: 'plan-differs',
    what: `The job that planned this run wrote: ${before}. The plan is now: ${now}. Nothing was done.`,
    remedy: 'Run all jobs of the workflow again, not only this one, and review the new plan.',
  })
}

function asText(work: readonly (readonly [host: string, operation: unknown])[]): string {
  return work.map(([host, operation]) => `${operation} on ${host}`).join(', ') || 'nothing'
}

function tooMany(count: number): ToolkitError {
  return new ToolkitError({
    reason: 'input-invalid',
    what: `The inventory has ${count} hosts, and this operation is for one.`,
    remedy: 'Start the workflow again and name the host.',
  })
}
