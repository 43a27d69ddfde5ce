import { type ActualStage, actualStages, type DesiredStage } from '../../domain/stage.ts'
import type { Outlook } from '../../domain/verdict.ts'
import { type Plan, type PlanKind, planFor } from './plan.ts'

/** The stage of a server on which the vars that it was deployed with have done what they say. */
const settled: Readonly<Partial<Record<DesiredStage, ActualStage>>> = {
  off: 'absent',
  prepared: 'installed',
  live: 'live',
}

/** What merging does by a plan, for whoever reviews it. */
const doing: Readonly<Record<Exclude<PlanKind, 'refuse' | 'deploy'>, string>> = {
  nothing: 'changes nothing',
  migrate: 'migrates the accounts to MAS, through which people log in from then on',
  resume: 'goes on with the unfinished migration',
  repair: 'first repairs what a dead migration left',
  'roll-back': 'takes the server back to the login of Synapse',
}

/** The same of a deployment, by what is wanted, and whether it was wanted before. */
const deploying: Readonly<Record<DesiredStage, readonly [moves: string, stays: string]>> = {
  off: [
    'takes MAS away again, and Synapse keeps its own login',
    'runs the playbook, and Synapse keeps its own login',
  ],
  prepared: [
    'installs MAS beside Synapse, which keeps its own login',
    'runs the playbook, and MAS stays beside Synapse, which keeps its own login',
  ],
  live: [
    'installs MAS, through which people log in from then on',
    'runs the playbook, and people go on logging in through MAS',
  ],
  unknown: ['runs the playbook', 'runs the playbook'],
}

/** What becomes of a server on which a plan is carried out. */
const becomes: Readonly<Record<PlanKind, string>> = {
  nothing: 'left as it is',
  deploy: 'deployed',
  migrate: 'migrated',
  resume: 'migrated to the end',
  repair: 'repaired first',
  'roll-back': 'taken back to the login of Synapse',
  refuse: 'refused',
}

/**
 * What merging would do, by the stage that the server turns out to be in: nobody asks it here.
 *
 * @param before The desired stage in the base, or `undefined` where there is nothing to compare with.
 */
export function outlookFor(before: DesiredStage | undefined, after: DesiredStage): Outlook {
  const key = `${before} ${after}`
  const known = outlooks.get(key)
  if (known) return known
  const outlook = newOutlook(before, after)
  outlooks.set(key, outlook)
  return outlook
}

/** There are few, and as many hosts as there may be share them. */
const outlooks = new Map<string, Outlook>()

function newOutlook(before: DesiredStage | undefined, after: DesiredStage): Outlook {
  const plans = actualStages.map(actual => ({
    actual,
    plan: planFor({ before: before ?? after, after, actual }),
  }))
  const byActual = plans.map(({ actual, plan }) => ({ actual, plan: plan.kind, why: plan.why }))
  const refusals = plans.map(({ plan }) => plan).filter(plan => plan.kind === 'refuse')
  if (after === 'unknown' || before === 'unknown' || refusals.length === plans.length) {
    return { expected: 'refuse', sentence: `Merging is refused: ${refusals[0]?.why ?? ''}`, byActual }
  }
  const expectedStage = settled[before ?? after]
  const expected = plans.find(({ actual }) => actual === expectedStage)
  if (!expected) return { expected: 'unknown', sentence: `Merging waits: ${otherwise(plans)}.`, byActual }
  const others = plans.filter(({ plan }) => plan.kind !== expected.plan.kind)
  const isAside = others.length > 0 && expected.plan.kind !== 'refuse'
  const rest = isAside ? `; ${otherwise(others)}` : ''
  return {
    expected: expected.plan.kind,
    sentence: `Merging ${whatDoes(expected.plan, before, after)}${rest}.`,
    byActual,
  }
}

/** What merging does where the server is as the base says; it is not asked here. */
function whatDoes(plan: Plan, before: DesiredStage | undefined, after: DesiredStage): string {
  if (plan.kind === 'refuse') return `is refused: ${plan.why.replace(/\.$/, '')}`
  if (plan.kind !== 'deploy') return doing[plan.kind]
  const [moves, stays] = deploying[after]
  return before === undefined || before === after ? stays : moves
}

function otherwise(plans: readonly { readonly plan: Plan }[]): string {
  const ends = [...new Set(plans.map(({ plan }) => becomes[plan.kind]))]
  const last = ends.pop() ?? ''
  return `a server that is found in another state is ${ends.length > 0 ? `${ends.join(', ')} or ` : ''}${last}`
}
