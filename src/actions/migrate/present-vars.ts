import { join, resolve } from 'node:path'
import type { Log } from '../../domain/log.ts'
import type { DesiredStage } from '../../domain/stage.ts'
import { connectionOf } from '../../inventory/connection.ts'
import { stageBefore } from '../../inventory/desired-stage.ts'
import type { Host } from '../../inventory/inventory.ts'
import { inventoryAmong, inventoryOf } from '../../inventory/inventory-of.ts'
import { type OlderVars, preparedVariables } from '../../migration/run/server.ts'
import type { OtherVars } from '../../playbook/playbook.ts'
import { isNewRisk } from '../../rules/facts/trust-additions.ts'
import { validatedVersionVariable } from '../../rules/facts/variables.ts'
import { ToolkitError } from '../../support/errors.ts'
import type { FileReader } from '../../support/files/files.ts'
import { isElsewhere, type Remote } from '../../support/git.ts'
import { checkOutBase, ownRemote, withEventBase } from '../event-base.ts'
import { lastPrepared } from '../last-prepared.ts'
import type { Runtime } from '../run-action.ts'
import { addressOf, type Target, type Targets } from '../targets.ts'
import { validate } from '../validate-config/run.ts'
import type { MigrateInputs } from './inputs.ts'

/** After a push, the inventory that is deployed now is the one of the commit before. */
export async function withPresentInventory(given: MigrateInputs, runtime: Runtime): Promise<MigrateInputs> {
  if (given.presentInventory !== undefined) return given
  const inputs = await withEventBase(given, runtime)
  if (given.baseRef !== undefined || inputs.baseRef === undefined) return inputs
  const presentInventory = await inventoryAt(inputs.baseRef, inputs.inventory, runtime)
  return presentInventory.length === 0 ? inputs : { ...inputs, presentInventory }
}

/** The files of the inventory as a commit has them, on disk; relative to the root. */
async function inventoryAt(
  commit: string,
  inventory: readonly string[],
  { repository: { root, files }, port }: Runtime,
): Promise<readonly string[]> {
  const folder = await checkOutBase(root, commit, port.keepForCleanup)
  return inventory.map(path => join(folder, path)).filter(path => files.entry(path).kind !== 'absent')
}

export interface Selection {
  readonly inputs: MigrateInputs
  readonly targets: Targets
  readonly target: Target
}

/** The host in the inventory that is deployed now, where it is known. */
function presentHost({ inputs, targets, target }: Selection, files: FileReader): Host | undefined {
  if (inputs.presentInventory === undefined) return undefined
  return inventoryOf(files, inputs.presentInventory, targets.options).host(target.host.name)
}

/** The stage of the vars that are deployed now, where it is known. */
export function presentStage(selection: Selection, files: FileReader): DesiredStage | undefined {
  if (selection.inputs.presentInventory === undefined) return selection.target.before
  return stageBefore(presentHost(selection, files))
}

/**
 * The vars with Synapse's built-in login: those deployed now, or the target of a rollback. Where the repository is not in
 * stage prepared, the variables for that stage are added, and listed in the log.
 *
 * @throws ToolkitError of reason `input-invalid` where the older vars would have Ansible connect to this machine.
 */
export function presentVars(
  selection: Selection,
  { root, files }: Runtime['repository'],
  log: Pick<Log, 'info'>,
): OtherVars {
  const { inputs, targets, target } = selection
  const { operation, presentInventory } = inputs
  if (operation === 'rollback' && target.desired.stage === 'prepared') return {}
  const isWanted = operation !== 'rollback' || presentStage(selection, files) === 'prepared'
  if (presentInventory !== undefined && isWanted) {
    const host = presentHost(selection, files)
    if (host) addressOf(connectionOf(host))
    return { inventory: presentInventory.map(path => resolve(root, path)) }
  }
  const extraVars = preparedVariables(targets.checkout)
  if (operation === 'rollback') {
    log.info(
      `Adding these variables for Synapse's built-in login, because the vars do not set them: ${JSON.stringify(extraVars)}`,
    )
  }
  return { extraVars }
}

/**
 * The last vars of the repository's history in stage prepared, with all that the migrating change removed. Undefined where there
 * are none, or the vars themselves are in stage prepared.
 *
 * @throws ToolkitError of reason `fetch-failed`, or `refused-state` where these vars must not be used.
 */
export async function lastPreparedVars(
  { inputs, targets, target }: Selection,
  runtime: Runtime,
): Promise<OlderVars | undefined> {
  if (target.desired.stage === 'prepared') return undefined
  const { root, files } = runtime.repository
  const { inventory } = inputs
  const found = await lastPrepared(root, inventory, remoteOf(inputs, runtime), older =>
    inventoryAmong(older, inventory, targets.options)?.host(target.host.name),
  )
  if (!found) return undefined
  const { commit } = found
  addressOf(connectionOf(found.host))
  await requireTrust(commit, found.files, inventory, { root, files })
  const paths = await inventoryAt(commit, inventory, runtime)
  const { validatedVersion } = targets.checkout.capabilities
  return {
    commit,
    inventory: paths.map(path => resolve(root, path)),
    // The vars of today have confirmed the breaking changes of today's playbook; otherwise it would refuse the older ones.
    ...(validatedVersion !== undefined && { extraVars: { [validatedVersionVariable]: validatedVersion } }),
  }
}

/** A commit of a branch that was merged without a merge commit was perhaps never reviewed by itself. */
async function requireTrust(
  commit: string,
  older: FileReader,
  inventory: readonly string[],
  { root, files }: Pick<Runtime['repository'], 'root' | 'files'>,
): Promise<void> {
  const refused = (what: string) =>
    new ToolkitError({ reason: 'refused-state', what: `Commit ${commit} ${what}.`, remedy: 'Nothing to do.' })
  if (await isElsewhere(root, inventory, commit))
    throw refused('has files of the inventory behind a link or in a submodule')
  const risks = validate({ inventory, files: older, base: files }).findings.filter(isNewRisk)
  if (risks.length > 0)
    throw refused(
      `has what the vars of today do not have: ${[...new Set(risks.map(({ id }) => id))].join(', ')}`,
    )
}

/** At a terminal the clone itself says where it is from. */
function remoteOf({ githubToken }: MigrateInputs, { environment }: Runtime): Remote {
  return environment.GITHUB_REPOSITORY === undefined ? { url: 'origin' } : ownRemote(environment, githubToken)
}
