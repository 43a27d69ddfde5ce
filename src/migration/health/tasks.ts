import type { Finding } from '../../domain/finding.ts'
import { type CheckName, checkId, failedCheck } from '../../domain/health-checks.ts'
import type { CheckReport } from '../../domain/reports.ts'
import { ToolkitError } from '../../support/errors.ts'
import { plural } from '../../support/plural.ts'

/** How a check ended. */
export interface Outcome {
  readonly result: CheckReport['result']
  /** As in `CheckReport`. */
  readonly detail: string
  readonly findings: readonly Finding[]
}

export interface HealthTask {
  readonly name: CheckName
  /** After this time the check could not run. */
  readonly limitMs: number
  readonly run: (signal: AbortSignal) => Promise<Outcome>
}

export interface TaskResults {
  readonly checks: readonly CheckReport[]
  readonly findings: readonly Finding[]
}

/** `findings`: notices about what is not wrong. */
export function holds(detail = '', ...findings: readonly Finding[]): Outcome {
  return { result: 'holds', detail, findings }
}

export function fails(finding: Finding, ...more: readonly Finding[]): Outcome {
  const findings = [finding, ...more]
  const detail = findings.map(({ message }) => message.replace(/\.$/, '')).join('; ')
  return { result: 'fails', detail, findings }
}

export function unknown(detail: string): Outcome {
  return { result: 'unknown', detail, findings: [] }
}

export function skipped(detail: string): Outcome {
  return { result: 'skipped', detail, findings: [] }
}

/**
 * Runs all checks side by side, each with its own time limit. An expected error means that the check could not run; a bug is
 * thrown.
 */
export async function runTasks(tasks: readonly HealthTask[]): Promise<TaskResults> {
  const ended = await Promise.all(
    tasks.map(async task => {
      const started = performance.now()
      const outcome = await runOne(task)
      const seconds = Math.round(performance.now() - started) / 1000
      const { result, detail } = outcome
      const report: CheckReport = { id: checkId(task.name), result, detail, seconds }
      return { report, findings: outcome.findings }
    }),
  )
  const checks = ended.map(({ report }) => report)
  return { checks, findings: [...ended.flatMap(({ findings }) => findings), ...notChecked(checks)] }
}

async function runOne({ limitMs, run }: HealthTask): Promise<Outcome> {
  const controller = new AbortController()
  const { promise, resolve } = Promise.withResolvers<Outcome>()
  const timer = setTimeout(() => {
    controller.abort()
    resolve(unknown(`there was no answer within ${plural(Math.round(limitMs / 1000), 'second')}`))
  }, limitMs)
  // The check that lost the race may still settle; its result is ignored.
  const outcome = run(controller.signal).catch((error: unknown) => {
    if (error instanceof ToolkitError) return unknown(error.message.replace(/\.$/, ''))
    if (controller.signal.aborted) return promise
    throw error
  })
  return Promise.race([outcome, promise]).finally(() => clearTimeout(timer))
}

/** One finding for each reason: most checks that cannot run have the same. */
function notChecked(checks: readonly CheckReport[]): Finding[] {
  const reasons = new Map<string, string[]>()
  for (const { id, result, detail } of checks) {
    if (result === 'unknown') reasons.set(detail, [...(reasons.get(detail) ?? []), id])
  }
  return [...reasons].map(([reason, ids]) =>
    failedCheck('not-checked', `Could not run: ${ids.join(', ')}. Reason: ${reason}.`),
  )
}
