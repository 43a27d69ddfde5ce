import { type ActualStage, actualStages, type DesiredStage, deployedStage } from '../../domain/stage.ts'
import type { Outlook } from '../../domain/verdict.ts'
import { type Plan, type PlanKind, planFor } from './plan.ts'

/** What merging does by a plan, for the reviewer. */
const doing: Readonly<Record<PlanKind, string>> = {
  nothing: 'changes nothing',
  deploy: 'runs the playbook',
  migrate: 'migrates the accounts to MAS; from then on users log in through MAS',
  resume: 'first ends the unfinished run',
  repair: "first removes what an unfinished migration left in MAS's database",
  'roll-back': "rolls the server back to Synapse's built-in login",
  refuse: 'is refused',
}

/** The same for a deployment, by the desired stage, and by whether it was desired before. */
const deploying: Readonly<Record<DesiredStage, readonly [moves: string, stays: string]>> = {
  off: [
    'removes MAS; Synapse keeps its built-in login',
    'runs the playbook; Synapse keeps its built-in login',
  ],
  prepared: [
    'installs MAS beside Synapse, which keeps its built-in login',
    'runs the playbook; MAS stays beside Synapse, which keeps its built-in login',
  ],
  live: [
    'installs MAS; from then on users log in through MAS',
    'runs the playbook; users keep logging in through MAS',
  ],
  unknown: ['runs the playbook', 'runs the playbook'],
}

/**
 * What merging would do, for each stage that the server may be in. The server is not contacted.
 * @param before The desired stage in the base, or `undefined` where there is no base.
 */
export function outlookFor(before: DesiredStage | undefined, after: DesiredStage): Outlook {
  const plans = actualStages.map(actual => ({
    actual,
    plan: planFor({ before: before ?? after, after, actual }),
  }))
  const refusals = plans.map(({ plan }) => plan).filter(plan => plan.kind === 'refuse')
  if (after === 'unknown' || before === 'unknown' || refusals.length === plans.length) {
    return { expected: 'refuse', sentence: `Merging is refused: ${refusals[0]?.why ?? ''}` }
  }
  const expectedStage = deployedStage[before ?? after]
  const expected = plans.find(({ actual }) => actual === expectedStage)
  if (!expected) return { expected: 'unknown', sentence: `Merging ${anyOf(plans)}.` }
  const others = plans.filter(({ plan }) => plan.kind !== expected.plan.kind)
  // Without a base, the server can be at any stage.
  const isAssumed = before === undefined && after === 'live'
  const isAside = before !== undefined && others.length > 0 && expected.plan.kind !== 'refuse'
  return {
    expected: expected.plan.kind,
    sentence: `${isAssumed ? 'If MAS is live on the server, merging' : 'Merging'} ${whatDoes(expected.plan, before, after)}.`,
    ...(isAside && { otherwise: byStage(others) }),
    ...(isAssumed && { otherwise: ifNotLive }),
  }
}

/** The actions refuse it; `ansible-playbook` itself does not. */
export const ifNotLive =
  'If users still log in through Synapse, a deployment of these vars would lock them out: then set matrix_authentication_service_migration_in_progress: true first.'

/** What merging does if the server matches the base. */
function whatDoes(plan: Plan, before: DesiredStage | undefined, after: DesiredStage): string {
  if (plan.kind === 'refuse') return `is refused: ${plan.why.replace(/\.$/, '')}`
  if (plan.kind !== 'deploy') return doing[plan.kind]
  const [moves, stays] = deploying[after]
  return before === undefined || before === after ? stays : moves
}

interface StagePlan {
  readonly actual: ActualStage
  readonly plan: Plan
}

/** A sentence for each kind of plan, with the stages of the server that lead to it. */
function byStage(others: readonly StagePlan[]): string {
  const groups = Map.groupBy(others, ({ plan }) => plan.kind)
  return [...groups]
    .map(([kind, plans]) => {
      const stages = alternatives(plans.map(({ actual }) => actual))
      return `If the server is at stage ${stages}, merging ${doing[kind]}.`
    })
    .join(' ')
}

/** `a, b or c` */
function alternatives(names: readonly string[]): string {
  return names.join(', ').replace(/, ([^,]*)$/, ' or $1')
}

function anyOf(plans: readonly { readonly plan: Plan }[]): string {
  return [...new Set(plans.map(({ plan }) => doing[plan.kind]))].join(', or ')
}

/** For a host that the change does not touch. Its stage does not matter. */
export const untouched: Outlook = {
  expected: 'nothing',
  sentence: 'Merging changes nothing on this host.',
}

/** Of a rollback whose warning is not accepted. */
export function outlookNotAccepted(outlook: Outlook): Outlook {
  return {
    ...outlook,
    sentence:
      'If MAS is live on the server, the merge changes nothing, because the warning is not accepted. If the server was rolled back, the merge deploys these vars.',
  }
}

/** Where no workflow applies what is merged, the merge itself does nothing. */
export function outlookByHand({ sentence, otherwise, ...outlook }: Outlook): Outlook {
  const withoutMerge = (text: string) =>
    text.replace(/^Merging /, 'This change ').replaceAll(', merging ', ', this change ')
  return {
    ...outlook,
    sentence: withoutMerge(sentence),
    ...(otherwise !== undefined && { otherwise: withoutMerge(otherwise) }),
  }
}
