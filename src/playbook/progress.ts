import type { PlaybookEvent } from './events.ts'

const printEveryMs = 5000

/** Counts the tasks of a run, and prints a line every few seconds. `expected`: how many there were before. */
export class TaskProgress {
  count = 0
  readonly #print: (line: string) => void
  readonly #expected: number | undefined
  #last = ''
  #printedAt = Date.now()

  constructor(print: (line: string) => void, expected: number | undefined) {
    this.#print = print
    this.#expected = expected
  }

  readonly onEvent = (event: PlaybookEvent): void => {
    if (event.kind !== 'task') return
    // Ansible also tells when each host starts a task.
    const task = `${event.task.path} ${event.task.name}`
    if (task === this.#last) return
    this.#last = task
    this.count += 1
    if (Date.now() - this.#printedAt < printEveryMs) return
    this.#printedAt = Date.now()
    this.#print(
      `Task ${this.count}${this.#expected === undefined ? '' : ` of about ${Math.max(this.#expected, this.count)}`} …`,
    )
  }
}
