import type { HostVerdict, Verdict } from '../../domain/verdict.ts'
import { chosenHosts } from '../../inventory/playbook-hosts.ts'
import { operations } from '../../migration/run/operate.ts'
import { ToolkitError } from '../../support/errors.ts'
import { type Inputs, oneOf, optional, readInputs } from '../inputs.ts'
import { inventoryOf } from '../repository.ts'
import type { Runtime } from '../run-action.ts'
import type { InputSource } from '../runner.ts'
import { requireDefaultBranch } from '../tip.ts'
import { fetchedSources } from '../validate-config/action.ts'
import { validationInputs } from '../validate-config/inputs.ts'
import { requireClean } from '../validate-config/outcome.ts'
import { validate } from '../validate-config/run.ts'

const choices = [...operations, 'deploy'] as const

/** What is done to one host. */
export interface HostWork {
  readonly host: string
  /** An operation of `migrate`, or `deploy`. */
  readonly operation: (typeof choices)[number]
  /** Whether a change is deployed after a rollback. */
  readonly withChange: boolean
}

const inputTable = { ...validationInputs, operation: optional(oneOf(choices)) }
type WorkInputs = Inputs<typeof inputTable>

/**
 * What a push or a person asks for, host by host in the order of the inventory.
 *
 * @throws ToolkitError if the run is not of the newest commit of the default branch, findings must be fixed first, or a host has a plan
 * that cannot be carried out.
 */
export async function workFor(source: InputSource, runtime: Runtime): Promise<readonly HostWork[]> {
  const inputs = readInputs(inputTable, source)
  if (runtime.environment.GITHUB_EVENT_NAME !== 'push') return workByHand(inputs, runtime)
  await requireDefaultBranch('newest', inputs.githubToken, runtime)
  const verdict = await verdictFor(inputs, runtime)
  const work = verdict.hosts.flatMap(workOfPush)
  // Findings never block a rollback.
  if (work.some(({ operation }) => operation !== 'rollback')) requireClean(verdict, inputs.failOn)
  return work
}

async function workByHand(inputs: WorkInputs, runtime: Runtime): Promise<readonly HostWork[]> {
  const { operation = 'migrate' } = inputs
  const followsVars = operation === 'migrate' || operation === 'deploy'
  await requireDefaultBranch(followsVars ? 'newest' : 'any', inputs.githubToken, runtime)
  if (followsVars) requireClean(await verdictFor(inputs, runtime), inputs.failOn)
  const hosts = chosenHosts(inventoryOf(runtime.repository.files, inputs.inventory), inputs.limit)
  const isForOne = operation !== 'deploy' && operation !== 'status'
  if (isForOne && hosts.length > 1) throw tooMany(hosts.length)
  return hosts.map(({ name }) => ({ host: name, operation, withChange: false }))
}

async function verdictFor(inputs: WorkInputs, runtime: Runtime): Promise<Verdict> {
  return validate((await fetchedSources(inputs, runtime)).sources)
}

function workOfPush({ host, outlook }: HostVerdict): readonly HostWork[] {
  switch (outlook.expected) {
    case 'nothing':
      return []
    case 'deploy':
    case 'migrate':
      return [{ host, operation: outlook.expected, withChange: true }]
    // A rollback changes only who authenticates; the rest of the change is deployed after it.
    case 'roll-back':
      return [{ host, operation: 'rollback', withChange: true }]
    default:
      throw new ToolkitError({
        reason: outlook.expected === 'unknown' ? 'stage-unknown' : 'refused-state',
        what: `The change of ${host} cannot be carried out: its plan is ${outlook.expected}. Nothing was done on any host.`,
        where: host,
        remedy: outlook.sentence,
      })
  }
}

function tooMany(count: number): ToolkitError {
  return new ToolkitError({
    reason: 'input-invalid',
    what: `The inventory has ${count} hosts, and this operation is for one.`,
    remedy: 'Start the workflow again and name the host.',
  })
}
