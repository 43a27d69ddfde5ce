import { systemClock } from '../../domain/clock.ts'
import type { Finding } from '../../domain/finding.ts'
import type { RehearsalReport } from '../../domain/reports.ts'
import { isLocked, type ServerFacts } from '../../domain/server-facts.ts'
import { actualStage } from '../../migration/plan/actual-stage.ts'
import { circumstancesOf, type Receipt, receiptOf, storeReceipt } from '../../migration/rehearsal/receipt.ts'
import { rehearse } from '../../migration/rehearsal/rehearse.ts'
import { doesNotPass } from '../../migration/run/rehearsal-deps.ts'
import { rehearsalMessages } from '../../report/rehearsal.ts'
import { ToolkitError } from '../../support/errors.ts'
import { decisions } from '../evaluated-findings.ts'
import { withEventBase } from '../event-base.ts'
import type { CancellableRuntime } from '../run-action.ts'
import { resolveTargets, type ServerInputs, type Target, type Targets } from '../targets.ts'
import { withServer } from '../with-server.ts'

export interface RehearsalOutcome {
  readonly hosts: readonly RehearsalReport[]
  readonly receipts: readonly Receipt[]
  /** Why the step fails: a host where the rehearsal failed, or findings that would stop the migration. */
  readonly error?: unknown
}

/**
 * Rehearses on one host after the other, and stores a receipt on each, also for a rehearsal that did not pass.
 * Cancelling restores the server first, and skips the remaining hosts.
 */
export async function rehearseServers(
  inputs: ServerInputs,
  runtime: CancellableRuntime,
): Promise<RehearsalOutcome> {
  const hosts: RehearsalReport[] = []
  const receipts: Receipt[] = []
  let targets: Targets
  try {
    targets = await resolveTargets(await withBase(inputs, runtime), runtime)
  } catch (cause) {
    return { hosts: [failed(inputs.limit ?? 'all hosts', cause)], receipts, error: cause }
  }
  let error: unknown
  for (const target of targets.targets) {
    try {
      const { receipt, report, failure } = await rehearseOne(targets, target, runtime)
      if (receipt) receipts.push(receipt)
      hosts.push(report)
      error ??= failure
    } catch (cause) {
      hosts.push(failed(target.address.inventoryName, cause))
      error ??= cause
      if (runtime.signal.aborted) break
    }
  }
  return { hosts, receipts, ...(error === undefined ? {} : { error }) }
}

/** Without the commit before the change, the rules that compare with it say nothing. */
function withBase(inputs: ServerInputs, runtime: CancellableRuntime): Promise<ServerInputs> {
  return withEventBase(inputs, runtime).catch((error: unknown) => {
    if (!(error instanceof ToolkitError)) throw error
    runtime.log(`The commit before the change is not compared: ${error.message}`)
    return inputs
  })
}

function failed(host: string, cause: unknown): RehearsalReport {
  const message =
    cause instanceof ToolkitError
      ? `${cause.message} ${cause.remedy}`
      : 'The rehearsal failed because of a bug in matrix-auth-actions.'
  return { host, verdict: 'failed', message, findings: [] }
}

async function rehearseOne(
  targets: Targets,
  target: Target,
  runtime: CancellableRuntime,
): Promise<{ receipt?: Receipt; report: RehearsalReport; failure?: ToolkitError }> {
  return withServer(targets, target, runtime, async ({ server, playbook, print }) => {
    const facts = await server.probe()
    const report = target.desired.stage === 'live' ? alreadyLive(facts) : undefined
    if (report) return { report }
    const { session } = server
    const ports = {
      ...server,
      playbook,
      clock: systemClock,
      log: { info: print, warning: print },
      abort: runtime.signal,
      ...decisions(targets, target, playbook),
    }
    const rehearsal = await rehearse(ports, { facts })
    const circumstances = await circumstancesOf(server.window, rehearsal.facts, playbook, target.host)
    const receipt = receiptOf(rehearsal, circumstances)
    await storeReceipt(session, receipt)
    return {
      receipt,
      report: { ...reportOf(receipt, rehearsal.findings), toolOutput: rehearsal.result.lastLines },
      ...(rehearsal.passes ? {} : { failure: doesNotPass(rehearsal) }),
    }
  })
}

/** The report of a server that needs no migration, for the vars ask for a live MAS; undefined for all others. */
export function alreadyLive(facts: ServerFacts): RehearsalReport | undefined {
  if (isLocked(facts.ours) || actualStage(facts).stage !== 'live') return undefined
  const message = 'Synapse already delegates to MAS, as the vars say: there is nothing to rehearse.'
  return { host: facts.host, verdict: 'live', message, findings: [] }
}

/** What is accepted does not have to be read first. */
export function reportOf(receipt: Receipt, findings: readonly Finding[]): RehearsalReport {
  const { host, passes, expectedWindowSeconds, at } = receipt
  const counts = Object.entries(receipt.counts).filter(([, count]) => count !== null) as [string, number][]
  const verdict = !passes ? 'would-fail' : receipt.findings.length > 0 ? 'findings' : 'clean'
  return {
    host,
    verdict,
    message: rehearsalMessages[verdict],
    counts: Object.fromEntries(counts),
    expectedWindowSeconds,
    rehearsedAt: at,
    findings,
  }
}
