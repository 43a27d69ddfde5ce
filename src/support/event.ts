import { readFileSync } from 'node:fs'

/** The event that triggered the workflow, as GitHub wrote it; `undefined` outside a runner. */
export function eventOf(environment: Readonly<Record<string, string | undefined>>): unknown {
  try {
    return JSON.parse(readFileSync(environment.GITHUB_EVENT_PATH ?? '', 'utf8'))
  } catch {
    return undefined
  }
}
