import { readFileSync } from 'node:fs'
import { member, number } from './json.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The event that triggered the workflow, as GitHub wrote it; `undefined` outside a runner. */
export function eventOf(environment: Environment): unknown {
  try {
    return JSON.parse(readFileSync(environment.GITHUB_EVENT_PATH ?? '', 'utf8'))
  } catch {
    return undefined
  }
}

/** When the commits of a push came; undefined for other events. A run that is repeated has the event of its first attempt. */
export function pushTime(environment: Environment): Date | undefined {
  const seconds = number(member(eventOf(environment), 'repository', 'pushed_at'))
  const isPush = environment.GITHUB_EVENT_NAME === 'push'
  return isPush && seconds !== undefined ? new Date(seconds * 1000) : undefined
}

/** Whether only the title or the text of a pull request was edited. Its commit and its base are what an earlier run checked. */
export function isTextEdit(environment: Environment): boolean {
  const event = eventOf(environment)
  return member(event, 'action') === 'edited' && member(event, 'changes', 'base') === undefined
}

/** Whether a pull request is a draft, which the template does not rehearse. */
export function isDraft(environment: Environment): boolean {
  return member(eventOf(environment), 'pull_request', 'draft') === true
}
