import type { DesiredStage } from '../domain/stage.ts'
import { ToolkitError } from '../support/errors.ts'
import type { Deps, Options } from './context.ts'
import { type MigrationResult, migrate } from './migrate.ts'
import { type Plan, planFor } from './plan.ts'
import { recover } from './recover.ts'
import type { MigrationReport } from './report.ts'
import { repair, rollBack } from './rollback.ts'
import { actualStage } from './stage.ts'

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
  const goOn = request.after === 'live' && request.operation !== 'rollback'
  switch (plan.kind) {
    case 'refuse':
      throw refusal(plan, verdict.why, facts.host)
    case 'nothing':
    case 'deploy':
      return { plan }
    case 'migrate':
      return { plan, ...(await migrate(deps, options, signal)) }
    case 'resume':
      return { plan, ...(await thenMigrate(await recover(deps, options), goOn, deps, options, signal)) }
    case 'repair':
      return { plan, ...(await thenMigrate(await repair(deps, options), goOn, deps, options, signal)) }
    case 'roll-back': {
      const ended =
        journal === 'unfinished' || journal === 'proven' ? await recover(deps, options) : undefined
      if (ended && (ended.error || ended.report.outcome === 'rolled-back')) return { plan, ...ended }
      return { plan, ...(await rollBack(deps, options)) }
    }
  }
}

/** After a dead run was taken back the server is as it was before, so the same request starts anew. */
async function thenMigrate(
  first: MigrationResult,
  goOn: boolean,
  deps: Deps,
  options: Options,
  signal: AbortSignal,
): Promise<MigrationResult> {
  if (!goOn || first.error || first.report.outcome !== 'rolled-back') return first
  deps.log.info('What an earlier run left is taken back; the migration starts anew.')
  return migrate(deps, options, signal)
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
