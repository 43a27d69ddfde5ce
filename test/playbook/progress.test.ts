import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { TaskProgress } from '../../src/playbook/progress.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** The lines that are printed for tasks that take a second each. */
function linesOf(tasks: number, expected?: number): string[] {
  const lines: string[] = []
  const progress = new TaskProgress(line => lines.push(line), expected)
  for (let index = 1; index <= tasks; index += 1) {
    vi.advanceTimersByTime(1000)
    const event = { kind: 'task', task: { name: 'A task', path: `main.yml:${index}` } } as const
    progress.onEvent(event)
    progress.onEvent(event)
  }
  expect(progress.count).toBe(tasks)
  return lines
}

test('prints every five seconds how far a run is, each task once', () => {
  expect(linesOf(12, 119)).toEqual(['Task 5 of about 119 …', 'Task 10 of about 119 …'])
})

test('without an expected number prints only the task, and never more tasks than there are', () => {
  expect(linesOf(5)).toEqual(['Task 5 …'])
  expect(linesOf(5, 4)).toEqual(['Task 5 of about 5 …'])
})
