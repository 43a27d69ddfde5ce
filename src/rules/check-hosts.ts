import type { Finding } from '../domain/finding.ts'
import { desiredStages } from '../domain/stage.ts'
import { desiredStage } from '../inventory/desired-stage.ts'
import type { Host } from '../inventory/inventory.ts'
import { effectiveValues } from './facts/effective.ts'
import {
  applies,
  type CheckoutFacts,
  type CheckoutFailure,
  findingOf,
  type HostContext,
  type InventoryContext,
  type InventoryRule,
  type Repository,
  type Rule,
  type Violation,
  type Visibility,
} from './kit/rule.ts'
import { rules } from './registry.ts'
import { withoutSharedFixes } from './shared-fixes.ts'

export interface Subject {
  readonly repository: Repository
  readonly hosts: readonly Host[]
  readonly checkout?: CheckoutFacts
  readonly checkoutFailure?: CheckoutFailure
  readonly base?: Repository
  readonly visibility?: Visibility
}

/** Leaves room for one finding per host of the largest inventory. */
const mostOfARule = 20_000

/**
 * Runs every rule that applies to the hosts. A finding that several hosts share, because they share the line, is
 * reported once and names no host.
 */
export function checkHosts(subject: Subject): readonly Finding[] {
  const found = new Map(rules.map(rule => [rule, new Map<string, Finding>()]))
  const context = contextOf(subject)
  const rehearsed = new Set(context.hosts.filter(isRehearsed).map(({ host }) => host.name))
  for (const { rule, violation, host } of violationsOf(rules, context)) {
    const findings = found.get(rule)
    const isOfRehearsed = host === undefined ? rehearsed.size > 0 : rehearsed.has(host)
    if (findings) add(findings, rule, violation, host, isOfRehearsed)
  }
  return [...found].flatMap(([rule, findings]) =>
    withoutSharedFixes([...findings.values()], rule, subject.repository.inventory),
  )
}

/** A host that is prepared, or migrates with this change, is rehearsed before its migration. */
function isRehearsed({ stage, base }: HostContext): boolean {
  return stage.stage === 'prepared' || (stage.stage === 'live' && base?.stage.stage !== 'live')
}

function add(
  findings: Map<string, Finding>,
  rule: Rule,
  violation: Violation,
  host: string | undefined,
  isOfRehearsed: boolean,
): void {
  if (findings.size >= mostOfARule) {
    const message = `more than ${mostOfARule} findings of this rule; the rest are not shown`
    findings.set('more', findingOf(rule, { message }, undefined))
    return
  }
  const finding = findingOf(rule, violation, host, isOfRehearsed)
  const key = keyOf(finding)
  const earlier = findings.get(key)
  if (!earlier) findings.set(key, finding)
  else if (earlier.host !== finding.host) findings.set(key, withoutHost(earlier))
}

export function contextOf({
  repository,
  hosts,
  checkout,
  checkoutFailure,
  base,
  visibility,
}: Subject): InventoryContext {
  const effective = effectiveValues(repository.files, checkout !== undefined)
  const effectiveBefore = base && effectiveValues(base.files, checkout !== undefined)
  return {
    repository,
    checkout,
    checkoutFailure,
    base,
    visibility,
    hosts: hosts.map(host => {
      const before = base?.inventory.host(host.name)
      return {
        repository,
        host: effective(host),
        stage: desiredStage(host),
        checkout,
        base: base && {
          host: before && effectiveBefore?.(before),
          stage: before ? desiredStage(before) : notThere,
        },
      }
    }),
  }
}

const notThere: NonNullable<HostContext['base']>['stage'] = {
  stage: 'off',
  reason: 'the host is not in the base',
}

interface Located {
  readonly rule: Rule
  readonly violation: Violation
  readonly host: string | undefined
}

/** Hosts that a rule does not apply to are skipped. Rules of one host run host by host: they share what they derive from it. */
export function* violationsOf(rules: readonly Rule[], context: InventoryContext): Generator<Located> {
  for (const rule of rules) if ('checkAll' in rule) yield* ofAllHosts(rule, context)
  for (const host of context.hosts) {
    for (const rule of rules) {
      if (!('check' in rule) || !applies(rule, host)) continue
      for (const violation of rule.check(host)) yield { rule, violation, host: host.host.name }
    }
  }
}

function ofAllHosts(rule: InventoryRule, context: InventoryContext): readonly Located[] {
  const hosts = context.hosts.filter(host => applies(rule, host))
  if (hosts.length === 0 && !(context.hosts.length === 0 && isAboutFiles(rule))) return []
  return rule.checkAll({ ...context, hosts }).map(violation => ({ rule, violation, host: violation.host }))
}

/** Whether a rule also runs without hosts: it checks the inventory, or other files of the repository. */
function isAboutFiles({ stages, needs }: Rule): boolean {
  return needs === undefined && stages.length === desiredStages.length
}

function keyOf({ id, message, place, host }: Finding): string {
  return JSON.stringify([id, message, place ?? host])
}

function withoutHost({ host: _, ...finding }: Finding): Finding {
  return finding
}
