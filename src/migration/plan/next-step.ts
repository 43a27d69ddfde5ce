import { downUnits, isLocked, type ServerFacts } from '../../domain/server-facts.ts'
import { type ActualStage, type DesiredStage, deployedStage } from '../../domain/stage.ts'
import { startOperation } from '../../domain/start-apply.ts'
import { unfinished } from '../unfinished.ts'
import { planFor, type ServerOptions } from './plan.ts'

/** The way from a server that is as the vars say. */
const ways: Readonly<Record<DesiredStage, string>> = {
  off: 'To see the steps to MAS, run `npx matrix-auth-actions plan`.',
  prepared:
    'The migrate pull request takes the server to MAS; `npx matrix-auth-actions plan --write migrate` writes its lines.',
  live: `To roll back, ${startOperation('rollback')}. If users would lose anything, it only shows what, and changes nothing.`,
  unknown: '',
}

/**
 * What a person can do next, for `operation: status`. Pure; each operation checks the server again.
 * @param desired The stage that the vars ask for.
 */
export function nextStep(desired: DesiredStage, actual: ActualStage, options: ServerOptions): string {
  const plan = planFor({ before: desired, after: desired, actual, options })
  if (plan.kind === 'refuse') return `${plan.why} ${plan.remedy}`
  if (plan.kind === 'resume')
    return `The server ends its unfinished run by itself. If it does not, ${startOperation('resume')}.`
  if (plan.kind === 'repair') {
    const remedy =
      desired === 'live'
        ? `To migrate, ${startOperation('migrate')}`
        : `To empty MAS's database, ${startOperation('rollback')}`
    return `${plan.why} ${remedy}.`
  }
  return actual === deployedStage[desired]
    ? `Nothing to do: the server is in the stage that the vars ask for. To check that it works, run the action doctor. ${ways[desired]}`
    : `To have the server follow the vars, run the action deploy. ${plan.why}`
}

/** What comes before every plan; undefined where nothing does. */
export function firstStep(facts: ServerFacts): string | undefined {
  const { ours } = facts
  if (isLocked(ours)) return 'A run is working on the server: wait until it has ended.'
  const left = unfinished(ours)
  if (left) return `${left.what} ${left.remedy}`
  const down = downUnits(facts)
  if (down.length === 0) return undefined
  const names = down.map(({ name }) => name)
  const units = names.join(' ')
  return `Not running: ${names.join(', ')}. To start what was only stopped, run on the server: \`systemctl start ${units}\`. To see why they stopped: \`systemctl status ${units}\``
}
