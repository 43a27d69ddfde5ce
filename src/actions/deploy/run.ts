import type { Deployment } from '../../domain/reports.ts'
import { deployHost } from '../../migration/deploy.ts'
import { beginDeployment, recordDeployment, varsDigest } from '../../migration/deployment-record.ts'
import { withEventBase } from '../event-base.ts'
import type { CancellableRuntime } from '../run-action.ts'
import { resolveTargets, type ServerInputs, type Target, type Targets } from '../targets.ts'
import { withServer } from '../with-server.ts'

export interface DeployInputs extends ServerInputs {
  readonly tags: string | undefined
}

/** The deployments so far, and the error that stopped the run. */
export interface DeployResult {
  readonly deployments: readonly Deployment[]
  readonly error?: unknown
}

/**
 * Deploys one host after the other, and stops at the first failure.
 */
export async function deployServers(given: DeployInputs, runtime: CancellableRuntime): Promise<DeployResult> {
  const inputs = await withEventBase(given, runtime)
  const targets = await resolveTargets(inputs, runtime)
  const deployments: Deployment[] = []
  try {
    for (const target of targets.targets) deployments.push(await deployOne(inputs, targets, target, runtime))
    return { deployments }
  } catch (error) {
    return { deployments, error }
  }
}

async function deployOne(
  inputs: DeployInputs,
  targets: Targets,
  target: Target,
  runtime: CancellableRuntime,
): Promise<Deployment> {
  const { address, desired, before } = target
  const { checkout } = targets
  const { restartVariable } = checkout.capabilities
  const request = {
    host: address.inventoryName,
    after: desired.stage,
    ...(before === undefined ? {} : { before }),
    ...(restartVariable === undefined ? {} : { restartVariable }),
    ...(inputs.tags === undefined ? {} : { tags: inputs.tags.split(/[\s,]+/).filter(Boolean) }),
  }
  const { files } = runtime.repository
  const digest = varsDigest(files, inputs.inventory, checkout, inputs.extraVars, address.inventoryName)
  return withServer(targets, target, runtime, connected =>
    deployHost(request, {
      ...connected,
      signal: runtime.signal,
      begin: () => beginDeployment(connected.server),
      remember: outcome => recordDeployment(connected.server, digest, desired.stage, outcome),
    }),
  )
}
