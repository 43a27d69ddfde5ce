import { readFileSync } from 'node:fs'
import type { Visibility } from '../../rules/rule.ts'

/** Who can read the repository, as the event says that GitHub wrote; nothing outside of a runner. */
export function visibilityOf(environment: Readonly<Record<string, string | undefined>>): {
  readonly visibility?: Visibility
} {
  const path = environment.GITHUB_EVENT_PATH
  const repository = path === undefined ? undefined : member(readEvent(path), 'repository')
  const isPrivate = member(repository, 'private')
  return typeof isPrivate === 'boolean' ? { visibility: isPrivate ? 'private' : 'public' } : {}
}

function readEvent(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined
}
