import { readFileSync } from 'node:fs'

/** The event that triggered the workflow, as GitHub wrote it for the runner; undefined outside of one. */
export function eventOf(environment: Readonly<Record<string, string | undefined>>): unknown {
  try {
    return JSON.parse(readFileSync(environment.GITHUB_EVENT_PATH ?? '', 'utf8'))
  } catch {
    return undefined
  }
}

/** What lies below keys of a value of unknown shape; undefined where it is not there. */
export function member(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (found, key) =>
      typeof found === 'object' && found !== null && Object.hasOwn(found, key)
        ? (found as Readonly<Record<string, unknown>>)[key]
        : undefined,
    value,
  )
}
