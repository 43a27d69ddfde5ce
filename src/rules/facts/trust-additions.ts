import type { Finding } from '../../domain/finding.ts'
import type { Host } from '../../inventory/inventory.ts'
import type { InventoryContext, Repository, Violation } from '../kit/rule.ts'

/** A violation with a key that identifies it in the base and in the change. The key is never shown: it may contain a value. */
export interface Risk extends Violation {
  readonly key: string
}

export type FindRisks = (repository: Repository, hosts: readonly { readonly host: Host }[]) => readonly Risk[]

const mark = 'new in this change: '

export function isNewRisk({ id, message }: Finding): boolean {
  return id.startsWith('trust/') && message.startsWith(mark)
}

/**
 * Returns the risks. Those that are not in the base are marked as new, so that reviewers look there first. Checks every
 * host of the inventory, because `hostvars` gives access to the variables of any host.
 */
export function risksOf({ repository, base }: InventoryContext, find: FindRisks): readonly Violation[] {
  const known = base && keysIn(base, find)
  return find(repository, everyHost(repository)).map(({ key, ...violation }) =>
    known && !known.has(key) ? { ...violation, message: mark + violation.message } : violation,
  )
}

function keysIn(base: Repository, find: FindRisks): ReadonlySet<string> {
  return new Set(find(base, everyHost(base)).map(({ key }) => key))
}

function everyHost({ inventory }: Repository): readonly { readonly host: Host }[] {
  return inventory.hosts.map(host => ({ host }))
}

/** The same for problems of reading: an executable inventory has no hosts for rules to check. */
export function marked(
  problems: readonly Finding[],
  before: readonly Finding[] | undefined,
): readonly Finding[] {
  if (!before) return problems
  const keyOf = ({ id, place }: Finding): string => `${id} ${place?.file}`
  const known = new Set(before.map(keyOf))
  return problems.map(finding =>
    finding.id.startsWith('trust/') && !known.has(keyOf(finding))
      ? { ...finding, message: mark + finding.message }
      : finding,
  )
}
