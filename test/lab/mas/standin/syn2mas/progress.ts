import { log } from '../log.ts'

export type Entity =
  | 'users'
  | 'threepids'
  | 'external_ids'
  | 'nonrefreshable_access_tokens'
  | 'refreshable_tokens'
  | 'devices'

/** How far one kind of rows has come. */
export interface Counter {
  migrated: number
  skipped: number
}

function percentage(done: number, of: number): string {
  const percent = (done / of) * 100
  return Number.isFinite(percent) ? percent.toFixed(1) : Number.isNaN(percent) ? 'NaN' : 'inf'
}

/** The line that MAS writes every five seconds; the estimate may be far off, or none. */
export function progressLine(entity: Entity, { migrated, skipped }: Counter, estimated: number): string {
  const percent = percentage(migrated + skipped, estimated)
  return `migrating ${entity}: ${migrated} (${skipped} skipped) /~${estimated} (~${percent}%)`
}

/** What the program is at; a timer says so every five seconds. */
export class Progress {
  #line = () => 'still setting up'
  readonly #timer: NodeJS.Timeout

  constructor(everyMilliseconds = 5000) {
    this.#timer = setInterval(() => log('INFO', 'progress', this.#line()), everyMilliseconds)
    this.#timer.unref()
  }

  migrating(entity: Entity, estimated: number): Counter {
    const counter: Counter = { migrated: 0, skipped: 0 }
    this.#line = () => progressLine(entity, counter, estimated)
    return counter
  }

  rebuilding(kind: 'index' | 'constraint', name: string): void {
    this.#line = () => `still waiting for rebuild of ${kind} ${name}`
  }

  end(): void {
    clearInterval(this.#timer)
  }
}
