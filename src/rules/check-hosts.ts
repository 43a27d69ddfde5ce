import type { Finding } from '../domain/finding.ts'
import { desiredStage } from '../inventory/desired-stage.ts'
import type { Host } from '../inventory/inventory.ts'
import { rules } from './registry.ts'
import { applies, type CheckoutFacts, findingOf } from './rule.ts'

/**
 * What every rule that applies finds in the hosts. A finding that several hosts share, because they share the line, is
 * given once and names no host.
 */
export function checkHosts(hosts: readonly Host[], checkout?: CheckoutFacts): readonly Finding[] {
  const found = new Map<string, Finding>()
  for (const host of hosts) {
    const context = { host, stage: desiredStage(host), checkout }
    for (const rule of rules) {
      if (!applies(rule, context)) continue
      for (const offence of rule.check(context)) {
        const finding = findingOf(rule, offence, host.name)
        const key = keyOf(finding)
        const earlier = found.get(key)
        if (!earlier) found.set(key, finding)
        else if (earlier.host !== finding.host) found.set(key, withoutHost(earlier))
      }
    }
  }
  return [...found.values()]
}

function keyOf({ id, message, place, host }: Finding): string {
  return JSON.stringify([id, message, place ?? host])
}

function withoutHost({ host: _, ...finding }: Finding): Finding {
  return finding
}
