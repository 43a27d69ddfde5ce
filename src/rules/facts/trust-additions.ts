import type { Finding } from '../../domain/finding.ts'
import type { Host } from '../../inventory/inventory.ts'
import type { InventoryContext, Repository, Violation } from '../kit/rule.ts'

/** A violation, and what tells it from others in the base and in the change alike: never shown, for it may hold a value. */
export interface Risk extends Violation {
  readonly key: string
}

/** How risks are found in a repository. */
export type FindRisks = (repository: Repository, hosts: readonly { readonly host: Host }[]) => readonly Risk[]

const mark = 'new in this change: '

/**
 * What is found, each thing that is not in the base marked as new: reviewers look there first. Every host of the inventory
 * is looked at, for the variables of any can be asked for by `hostvars`.
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

/** The same for what reading itself found: an inventory that would be run has no hosts to ask rules about. */
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
