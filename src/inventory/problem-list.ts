import type { Finding } from '../domain/finding.ts'
import { limits } from './read/limits.ts'
import { problem } from './read/problem.ts'
import { startOf } from './read/source-text.ts'

/** Adds to a list that must not grow without end; where it is full, its last finding says so. */
export function addProblems(list: Finding[], ...found: readonly Finding[]): void {
  for (const finding of found) {
    if (list.length > limits.problems) return
    if (list.length < limits.problems) list.push(finding)
    else {
      const message = `more than ${limits.problems} problems are found here, and the others not told`
      list.push(problem('inventory/limit', message, startOf(finding.place?.file ?? '')))
    }
  }
}
