import { join, resolve } from 'node:path'
import type { Log } from '../../domain/log.ts'
import type { DesiredStage } from '../../domain/stage.ts'
import { desiredStage } from '../../inventory/desired-stage.ts'
import { inventoryAmong, inventoryOf } from '../../inventory/inventory-of.ts'
import { type PresentVars, preparedVariables } from '../../migration/run/server.ts'
import { ToolkitError } from '../../support/errors.ts'
import { checkOutBase, ownRemote, withEventBase } from '../event-base.ts'
import { lastPrepared } from '../last-prepared.ts'
import type { Repository } from '../repository.ts'
import type { Runtime } from '../run-action.ts'
import type { Target, Targets } from '../targets.ts'
import type { MigrateInputs } from './run.ts'

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

/** The stage of the vars that are deployed now, where it is known. */
export function currentStage(
  inputs: MigrateInputs,
  target: Target,
  { files }: Repository,
): DesiredStage | undefined {
  if (inputs.presentInventory === undefined) return target.before
  const host = inventoryOf(files, inputs.presentInventory).host(target.host.name)
  return host === undefined ? 'off' : desiredStage(host).stage
}

interface Selection {
  readonly inputs: MigrateInputs
  readonly targets: Targets
  readonly target: Target
  readonly before: DesiredStage | undefined
  readonly log: Log
}

/**
 * The vars with Synapse's built-in login: those deployed now, or the target of a rollback. Where the repository is not in
 * stage prepared, these are the last ones of its history that were. Without any, variables are added, and listed in the log.
 */
export async function presentVars(selection: Selection, runtime: Runtime): Promise<PresentVars> {
  const { inputs, targets, target, before, log } = selection
  const { operation, presentInventory } = inputs
  const { root } = runtime.repository
  const absolute = (paths: readonly string[]) => paths.map(path => resolve(root, path))
  if (operation === 'rollback' && target.desired.stage === 'prepared') return {}
  const isWanted = operation !== 'rollback' || before === 'prepared'
  if (presentInventory !== undefined && isWanted) return { inventory: absolute(presentInventory) }
  if (operation === 'rollback') {
    const commit = await lastPreparedCommit(selection, runtime)
    if (commit !== undefined)
      return { inventory: absolute(await inventoryAt(commit, inputs.inventory, runtime)), commit }
  }
  const extraVars = preparedVariables(targets.checkout)
  if (operation === 'rollback') {
    log.info(
      `Adding these variables for Synapse's built-in login, because the vars do not set them: ${JSON.stringify(extraVars)}`,
    )
  }
  return { extraVars }
}

/** A history that cannot be read is told, and ends nothing: the proofs decide whether a rollback is one. */
async function lastPreparedCommit(
  { inputs, target, log }: Selection,
  { environment, repository }: Runtime,
): Promise<string | undefined> {
  const remote = ownRemote(environment, inputs.githubToken)
  return await lastPrepared(repository.root, inputs.inventory, remote, files => {
    const host = inventoryAmong(files, inputs.inventory)?.host(target.host.name)
    return host !== undefined && desiredStage(host).stage === 'prepared'
  }).catch((error: unknown) => {
    if (!(error instanceof ToolkitError)) throw error
    log.warning(`The last commit with vars in stage prepared cannot be found. ${error.message}`)
    return undefined
  })
}
