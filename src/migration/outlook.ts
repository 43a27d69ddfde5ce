import { type ActualStage, actualStages, type DesiredStage } from '../domain/stage.ts'
import type { Outlook } from '../domain/verdict.ts'
import { type Plan, type PlanKind, planFor } from './plan.ts'

/** The stage of a server on which the vars that it was deployed with have done what they say. */
const settled: Readonly<Partial<Record<DesiredStage, ActualStage>>> = {
  off: 'absent',
  prepared: 'installed',
  live: 'live',
}

const actions: Readonly<Record<PlanKind, string>> = {
  nothing: 'does nothing',
  deploy: 'deploys the playbook',
  migrate: 'migrates the accounts to MAS',
  resume: 'goes on with the unfinished migration',
  repair: 'first repairs what a dead migration left',
  'roll-back': 'rolls back to the login of Synapse',
  refuse: 'is refused',
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
  if (!expected) return { expected: 'unknown', sentence: othersSentence('Merging', plans), byActual }
  const others = plans.filter(({ plan }) => plan.kind !== expected.plan.kind)
  const sentence = `${mainSentence(expected.plan, expected.actual, before)}${others.length > 0 ? ` ${othersSentence('It', others)}` : ''}`
  return { expected: expected.plan.kind, sentence, byActual }
}

function mainSentence(plan: Plan, actual: ActualStage, before: DesiredStage | undefined): string {
  const source = before === undefined ? 'these vars say' : 'the vars of the base say'
  const condition = `where the server is \`${actual}\`, as ${source}`
  if (plan.kind === 'refuse') return `Merging is refused ${condition}: ${plan.why}`
  return `Merging ${actions[plan.kind]} ${condition}.`
}

function othersSentence(
  subject: string,
  plans: readonly { readonly actual: ActualStage; readonly plan: Plan }[],
): string {
  const byKind = new Map<PlanKind, ActualStage[]>()
  for (const { actual, plan } of plans) byKind.set(plan.kind, [...(byKind.get(plan.kind) ?? []), actual])
  const clauses = [...byKind].map(
    ([kind, stages]) => `${actions[kind]} where it is ${stages.map(stage => `\`${stage}\``).join(' or ')}`,
  )
  return `${subject} ${clauses.join(', and ')}.`
}
