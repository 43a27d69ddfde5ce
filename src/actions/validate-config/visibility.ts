import type { Visibility } from '../../rules/kit/rule.ts'
import { eventOf } from '../../support/event.ts'
import { member } from '../../support/json.ts'

/** Who can read the repository, from the event that GitHub wrote. Empty outside a runner. */
export function visibilityOf(environment: Readonly<Record<string, string | undefined>>): {
  readonly visibility?: Visibility
} {
  const isPrivate = member(eventOf(environment), 'repository', 'private')
  return typeof isPrivate === 'boolean' ? { visibility: isPrivate ? 'private' : 'public' } : {}
}
