import type { ActualStage, DesiredStage } from '../../domain/stage.ts'
import { type PlanOptions, planFor } from './plan.ts'

/** Where the server is as the vars say, and the way from there. */
const regular: Partial<Record<DesiredStage, { readonly actual: ActualStage; readonly way: string }>> = {
  off: { actual: 'absent', way: 'The way to MAS: `npx matrix-auth-actions plan`.' },
  prepared: {
    actual: 'installed',
    way: 'The migrate pull request takes the server to MAS; `npx matrix-auth-actions plan --write migrate` writes its lines.',
  },
  live: {
    actual: 'live',
    way: `To roll back, ${startMigrate('rollback')}. Where users would lose sessions, it first only counts them.`,
  },
}

/**
 * What a person can do next, for `operation: status`. Pure; each operation checks the server again.
 * @param desired The stage that the vars ask for.
 */
export function nextStep(
  desired: DesiredStage,
  actual: ActualStage,
  options: Required<Pick<PlanOptions, 'users' | 'open'>>,
): string {
  const plan = planFor({ before: desired, after: desired, actual, options })
  if (plan.kind === 'refuse') return `${plan.why} ${plan.remedy}`
  if (plan.kind === 'resume')
    return `The server ends its unfinished run by itself. If it does not, ${startMigrate('resume')}.`
  if (plan.kind === 'repair') {
    const remedy =
      desired === 'live'
        ? `To migrate, ${startMigrate('migrate')}`
        : `To empty MAS's database, ${startMigrate('rollback')}`
    return `${plan.why} ${remedy}.`
  }
  const { actual: expected, way } = regular[desired] ?? {}
  return actual === expected
    ? `Nothing to do: the server is as the vars say. ${way}`
    : `To have the server follow the vars, run the action deploy. ${plan.why}`
}

function startMigrate(operation: 'migrate' | 'resume' | 'rollback'): string {
  return `manually start the workflow that runs migrate, with operation: ${operation}`
}
