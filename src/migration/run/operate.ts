import type { DesiredStage } from '../../domain/stage.ts'
import { ToolkitError } from '../../support/errors.ts'
import { actualStage } from '../plan/actual-stage.ts'
import { type Plan, planFor } from '../plan/plan.ts'
import type { Deps, Options } from './context.ts'
import { migrate } from './migrate.ts'
import type { MigrationReport } from './report-builder.ts'
import { recover } from './resume.ts'
import { repair, rollBack } from './rollback.ts'

export const operations = ['migrate', 'resume', 'rollback'] as const
export type Operation = (typeof operations)[number]

export interface Request {
  readonly operation: Operation
  /** What the vars that are deployed now ask for, where they are given; else the same as `after`. */
  readonly before?: DesiredStage
  readonly after: DesiredStage
}

export interface OperationResult {
  readonly plan: Plan
  /** The last of what was done; absent where there was nothing to do. */
  readonly report?: MigrationReport
  readonly error?: ToolkitError
}

/** Does what was asked for, as far as the table of plans allows it on this server. Throws where it refuses. */
export async function operate(
  deps: Deps,
  options: Options,
  request: Request,
  signal: AbortSignal,
): Promise<OperationResult> {
  const facts = await deps.probe()
  const verdict = actualStage(facts)
  const journal = facts.ours.journal.state
  const plan = planFor({
    before: request.before ?? request.after,
    after: request.after,
    actual: verdict.stage,
    side: { users: (facts.synapse.migratable.users ?? 1) > 0, journal, asked: request.operation },
  })
  deps.log.info(`The server is ${verdict.stage}. ${verdict.why}`)
  deps.log.info(`Plan: ${plan.kind}. ${plan.why}`)
  switch (plan.kind) {
    case 'refuse':
      throw refusal(plan, verdict.why, facts.host)
    case 'nothing':
    case 'deploy':
      return { plan }
    case 'migrate':
      return { plan, ...(await migrate(deps, options, signal)) }
    case 'repair': {
      const repaired = await repair(deps, options)
      const goesOn = request.after === 'live' && request.operation !== 'rollback'
      if (!goesOn || repaired.error) return { plan, ...repaired }
      deps.log.info('What an earlier run left is taken back; the migration starts anew.')
      return { plan, ...(await migrate(deps, options, signal)) }
    }
    case 'resume':
      return { plan, ...(await endThenGoOn(deps, options, request, signal)) }
    case 'roll-back':
      return journal === 'unfinished' || journal === 'proven'
        ? { plan, ...(await endThenGoOn(deps, options, request, signal)) }
        : { plan, ...(await rollBack(deps, options)) }
  }
}

/** What a dead run left is ended first; then the server is looked at anew, for what was asked for may still be to be done. */
async function endThenGoOn(
  deps: Deps,
  options: Options,
  request: Request,
  signal: AbortSignal,
): Promise<Omit<OperationResult, 'plan'>> {
  const { wasRollback, ...ended } = await recover(deps, options)
  const { outcome } = ended.report
  const wants = request.operation === 'rollback' ? 'rollback' : 'migrate'
  const isDone =
    wants === 'rollback'
      ? outcome === 'rolled-back'
      : outcome === 'migrated' || wasRollback || request.after !== 'live'
  if (ended.error || isDone) return ended
  deps.log.info('What an earlier run left is ended; the server is looked at anew.')
  const { plan, ...next } = await operate(deps, options, { ...request, operation: wants }, signal)
  return plan.kind === 'nothing' || plan.kind === 'deploy' ? ended : next
}

function refusal(plan: Extract<Plan, { kind: 'refuse' }>, seen: string, host: string): ToolkitError {
  return new ToolkitError({
    kind: 'refused',
    reason: plan.reason,
    what: `${plan.why} ${seen}`,
    where: host,
    remedy: plan.remedy,
  })
}
