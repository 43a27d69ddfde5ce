import type { Finding } from '../domain/finding.ts'
import { limits } from './read/limits.ts'
import { problem } from './read/problem.ts'
import { startOf } from './read/source-text.ts'

/** Adds to a list of limited length. The last finding of a full list says that others are missing. */
export function addProblems(list: Finding[], ...found: readonly Finding[]): void {
  for (const finding of found) {
    if (list.length > limits.problems) return
    if (list.length < limits.problems) list.push(finding)
    else {
      const message = `there are more than ${limits.problems} problems here; the others are not shown`
      list.push(problem('inventory/limit', message, startOf(finding.place?.file ?? '')))
    }
  }
}
