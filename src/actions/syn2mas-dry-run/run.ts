import { doesNotPass } from '../../migration/rehearsal/for-migration.ts'
import { circumstancesOf, type Receipt, receiptOf, storeReceipt } from '../../migration/rehearsal/receipt.ts'
import { rehearse } from '../../migration/rehearsal/rehearse.ts'
import { systemClock } from '../../migration/run/server.ts'
import type { Forecast } from '../../report/forecast.ts'
import { ToolkitError } from '../../support/errors.ts'
import { resolveTargets, type ServerInputs, type Target, type Targets } from '../targets.ts'
import { withServer } from '../with-server.ts'

export interface RehearsalInputs extends ServerInputs {
  readonly allowInPlace: boolean
}

export interface RehearsalOutcome {
  readonly forecasts: readonly Forecast[]
  readonly receipts: readonly Receipt[]
  /** Why the step fails; a host that could not be rehearsed on, or findings that would stop the migration. */
  readonly error?: unknown
}

/**
 * Rehearses on each host, one after the other, and leaves a receipt on each, also of a rehearsal that did not pass.
 * @param abort Aborted when the job is cancelled: the server is put back first, the other hosts are left out.
 * @param log Gets masked lines of untrusted text; whoever prints them escapes them.
 */
export async function rehearseServers(
  inputs: RehearsalInputs,
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
  log: (line: string) => void,
  abort?: AbortSignal,
): Promise<RehearsalOutcome> {
  const targets = await resolveTargets(inputs, root, environment)
  const forecasts: Forecast[] = []
  const receipts: Receipt[] = []
  let error: unknown
  for (const target of targets.targets) {
    try {
      const { receipt, forecast, failure } = await rehearseOne(inputs, targets, target, log, abort)
      receipts.push(receipt)
      forecasts.push(forecast)
      error ??= failure
    } catch (cause) {
      forecasts.push(failed(target.address.inventoryName, cause))
      error ??= cause
      if (abort?.aborted) break
    }
  }
  return { forecasts, receipts, ...(error === undefined ? {} : { error }) }
}

function failed(host: string, cause: unknown): Forecast {
  const message =
    cause instanceof ToolkitError ? cause.message : 'The rehearsal failed on a bug of this toolkit.'
  return { host, verdict: 'failed', message, findings: [] }
}

async function rehearseOne(
  inputs: RehearsalInputs,
  targets: Targets,
  target: Target,
  log: (line: string) => void,
  abort?: AbortSignal,
): Promise<{ receipt: Receipt; forecast: Forecast; failure?: ToolkitError }> {
  const { checkout } = targets
  return withServer(inputs, targets, target, log, async ({ server, playbook, print }) => {
    const { session } = server
    const ports = {
      ...server,
      playbook,
      clock: systemClock,
      log: { info: print, warning: print },
      ...(abort === undefined ? {} : { abort }),
    }
    const rehearsal = await rehearse(ports, { allowInPlace: inputs.allowInPlace })
    const circumstances = await circumstancesOf(session, rehearsal.facts, checkout, target.host)
    const receipt = receiptOf(rehearsal, circumstances)
    await storeReceipt(session, receipt)
    return {
      receipt,
      forecast: { ...forecastOf(receipt, rehearsal.findings), toolOutput: rehearsal.result.lastLines },
      ...(rehearsal.passes ? {} : { failure: doesNotPass(rehearsal) }),
    }
  })
}

function forecastOf(receipt: Receipt, findings: Forecast['findings']): Forecast {
  const { host, passes, forecastSeconds, at } = receipt
  const users = receipt.counts.users ?? 0
  const counts = Object.entries(receipt.counts).filter(([, count]) => count !== null) as [string, number][]
  return {
    host,
    verdict: !passes ? 'failed' : findings.length > 0 ? 'findings' : 'clean',
    message: passes
      ? `The migration would carry over ${users} accounts; users would wait about ${forecastSeconds} s.`
      : 'The migration would fail, and the server would go back to its own login.',
    counts: Object.fromEntries(counts),
    windowSeconds: forecastSeconds,
    rehearsedAt: at,
    findings,
  }
}
