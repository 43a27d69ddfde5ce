/** What a long command is doing: on a terminal one live line, in a log a line whenever it was silent for a while. */

export interface Activity {
  readonly what: string
  /** ms since 1970. */
  readonly since: number
  /** How long it is expected to take, in ms. */
  readonly expected: number | undefined
}

const clock = (at: number) => new Date(at).toTimeString().slice(0, 8)

export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** ms. What is expected to end sooner is not worth a time, and is often late by a second. */
const shortest = 5000

/** The activity that began last, in one line of at most `columns` characters. */
export function activityLine(activities: readonly Activity[], now: number, columns: number): string {
  const last = activities.at(-1)
  if (last === undefined) return ''
  const { what, since, expected } = last
  const more = activities.length > 1 ? ` (+${activities.length - 1})` : ''
  const until = expected === undefined || expected < shortest ? 0 : since + expected
  const end = until > now ? `, expected until ${clock(until)}` : until > 0 ? ', longer than expected' : ''
  const times = `: since ${clock(since)}, ${duration(now - since)}${end}${more}`
  return `${cut(what, Math.max(10, columns - times.length))}${times}`.slice(0, columns)
}

/** At most `length` characters, without a part of a word unless it is the first one. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text
  const kept = text.slice(0, length - 1)
  return `${/\s/.test(text.charAt(length - 1)) ? kept : kept.replace(/\s\S*$/, '')}…`
}

export interface Screen {
  readonly isTerminal: boolean
  columns(): number
  write(text: string): void
  now(): number
}

const clearLine = '\r\u001b[2K'
/** In a log no pause between two lines is longer than 20 s. */
const silence = 15_000

export class Progress {
  private readonly screen: Screen
  private readonly activities: Activity[] = []
  private lastLine: number
  private timer: NodeJS.Timeout | undefined

  constructor(screen: Screen) {
    this.screen = screen
    this.lastLine = screen.now()
  }

  /** Shows that this is being done until the work has ended. */
  async during<T>(what: string, expected: number | undefined, work: () => Promise<T>): Promise<T> {
    const activity = { what, since: this.screen.now(), expected }
    this.activities.push(activity)
    this.timer ??= setInterval(() => this.tick(), 1000).unref()
    try {
      return await work()
    } finally {
      this.activities.splice(this.activities.indexOf(activity), 1)
      this.clear()
      if (this.activities.length === 0) {
        clearInterval(this.timer)
        this.timer = undefined
      }
    }
  }

  /** Makes way for text that `print` writes, here or on another stream of the same terminal. */
  around(print: () => void): void {
    this.clear()
    print()
    this.lastLine = this.screen.now()
  }

  line(text: string): void {
    this.around(() => this.screen.write(`${text}\n`))
  }

  tick(): void {
    const now = this.screen.now()
    if (this.screen.isTerminal)
      this.screen.write(`${clearLine}${activityLine(this.activities, now, this.screen.columns() - 1)}`)
    else if (this.activities.length > 0 && now - this.lastLine >= silence)
      this.line(`… ${activityLine(this.activities, now, 120)}`)
  }

  private clear(): void {
    if (this.screen.isTerminal) this.screen.write(clearLine)
  }
}

export const progress = new Progress({
  isTerminal: process.stderr.isTTY === true,
  columns: () => process.stderr.columns ?? 80,
  write: text => process.stderr.write(text),
  now: Date.now,
})
