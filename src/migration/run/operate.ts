import type { MigrationReport } from '../../domain/reports.ts'
import { isRollback, type LastRun, type ServerFacts } from '../../domain/server-facts.ts'
import type { DesiredStage } from '../../domain/stage.ts'
import { startOperation } from '../../domain/start-apply.ts'
import { ToolkitError } from '../../support/errors.ts'
import { actualStage } from '../plan/actual-stage.ts'
import { type Plan, planFor, refusalOf, serverOptions } from '../plan/plan.ts'
import type { Deps, Options } from './context.ts'
import { migrate } from './migrate.ts'
import { reportEnded, resume } from './resume.ts'
import { repair, rollBack } from './rollback.ts'
import { startOf } from './run-name.ts'
import type { MigrationResult } from './under-lock.ts'

export const operations = ['migrate', 'resume', 'rollback', 'status'] as const
export type Operation = (typeof operations)[number]

/** `no-roll-back`: a rollback that the review did not accept (`change/live-to-prepared`). */
export const expectedPlans = ['migrate', 'roll-back', 'no-roll-back'] as const
type ExpectedPlan = (typeof expectedPlans)[number]

export interface Request {
  readonly operation: Exclude<Operation, 'status'>
  /** The stage of the vars that are deployed now; the same as `after` where it is not given. */
  readonly before?: DesiredStage
  readonly after: DesiredStage
  /** What the reviewers of a change saw. The server decides, so its plan can be another one, which is refused. */
  readonly expected?: ExpectedPlan
  /** When the change was merged; absent where a person started the run. */
  readonly mergedAt?: Date
}

export interface OperationResult {
  readonly plan: Plan
  /** The report of the last operation; absent where there was nothing to do. */
  readonly report?: MigrationReport
  readonly error?: ToolkitError | undefined
}

/**
 * Runs the requested operation where the plan for this server allows it. An unfinished run is ended first.
 * @throws ToolkitError where the plan refuses.
 */
export async function operate(
  deps: Deps,
  options: Options,
  request: Request,
  signal: AbortSignal,
): Promise<OperationResult> {
  const facts = await deps.probe()
  const verdict = actualStage(facts)
  const { last } = facts.ours
  const planned = planFor({
    before: request.before ?? request.after,
    after: request.after,
    actual: verdict.stage,
    options: { ...serverOptions(facts), requested: request.operation },
  })
  const plan = { ...planned, why: `${planned.why}${lastRunText(planned, request.operation, last)}` }
  deps.log.info(`Stage of the server: ${verdict.stage}. ${verdict.why}`)
  deps.log.info(`Plan: ${plan.kind}. ${plan.why}`)
  if (request.expected !== undefined) requireExpected(request.expected, plan, facts.host)
  if (plan.kind === 'migrate') requireNoRollbackSince(request.mergedAt, facts)
  switch (plan.kind) {
    case 'refuse':
      throw refusalOf(plan, verdict.why, facts.host)
    case 'deploy':
      deps.log.info('There is nothing to migrate. Run the action deploy for the other changes.')
      return { plan }
    case 'nothing':
      if (request.operation !== 'resume' || last === undefined) return { plan }
      return { plan, ...(await reportEnded(deps, options, last.run, facts)) }
    case 'migrate':
      return { plan, ...(await migrate(deps, options, signal)) }
    case 'repair': {
      const repaired = await repair(deps, options, signal)
      const continues = request.after === 'live' && request.operation === 'migrate'
      if (!continues || repaired.error) return { plan, ...repaired }
      deps.log.info("MAS's database is empty again; starting the migration.")
      return { plan, ...(await migrate(deps, options, signal)) }
    }
    case 'resume': {
      const ended = await resume(deps, options, facts.ours.open ?? '', signal)
      return { plan, ...(await afterResume(ended, deps, options, request, signal)) }
    }
    case 'roll-back':
      return { plan, ...(await rollBack(deps, options, signal)) }
  }
}

/** Names the last run where it already did what is requested, or is what `resume` can report. */
function lastRunText({ kind }: Plan, operation: Request['operation'], last: LastRun | undefined): string {
  if (last === undefined) return ''
  if (operation === 'resume' && kind === 'nothing') return ` This is the report of its last run, ${last.run}.`
  const isDone =
    (operation === 'migrate' && kind === 'deploy' && last.outcome === 'migrated') ||
    (operation === 'rollback' && kind === 'nothing' && last.outcome === 'rolled-back')
  return isDone
    ? ` Run ${last.run} ${operation === 'rollback' ? 'rolled the server back' : 'migrated the server'}. To show its report, ${startOperation('resume')}.`
    : ''
}

/** The requested operation may still be necessary after the unfinished run has ended. */
async function afterResume(
  ended: MigrationResult,
  deps: Deps,
  options: Options,
  request: Request,
  signal: AbortSignal,
): Promise<Omit<OperationResult, 'plan'>> {
  if (ended.error || request.operation === 'resume') return ended
  deps.log.info('The earlier run has ended. Probing the server again.')
  const { plan, ...next } = await operate(deps, options, request, signal)
  return plan.kind === 'nothing' || plan.kind === 'deploy' ? ended : next
}

/** A server that is already where the expected plan leads needs less, which is no other plan. */
function requireExpected(expected: ExpectedPlan, { kind, why }: Plan, host: string): void {
  if (expected === 'no-roll-back' && kind === 'roll-back') throw notAccepted(host)
  if (kind !== 'resume' && kind !== 'repair') return
  const operation = kind === 'resume' ? 'resume' : expected === 'migrate' ? 'migrate' : 'rollback'
  throw new ToolkitError({
    reason: 'plan-differs',
    what: `The reviewed plan of ${host} is \`${expected}\`, but the plan for the server as it is now is \`${kind}\`: ${why} Nothing was done.`,
    where: host,
    remedy: `To carry out the new plan, ${startOperation(operation)}.`,
  })
}

function notAccepted(host: string): ToolkitError {
  return new ToolkitError({
    reason: 'findings',
    what: `This change would roll ${host} back to Synapse's built-in login, and its warning \`change/live-to-prepared\` was not accepted. Nothing was done.`,
    where: host,
    remedy: `To roll back, ${startOperation('rollback')}. To keep MAS, revert this change. Next time, accept the warning in the change itself (docs/rules/change-live-to-prepared.md).`,
  })
}

/** A run of a merge can be repeated after a person rolled the server back. */
function requireNoRollbackSince(mergedAt: Date | undefined, { host, ours: { last } }: ServerFacts): void {
  if (mergedAt === undefined || last === undefined || !isRollback(last) || startOf(last.run) < mergedAt)
    return
  throw new ToolkitError({
    reason: 'plan-differs',
    what: `${host} was rolled back (run ${last.run}) after this change was merged, so the change no longer migrates it. Nothing was done.`,
    where: host,
    remedy: `To migrate again, ${startOperation('migrate')}.`,
  })
}
