import type { StepEvent } from '../domain/log.ts'
import { steps } from '../domain/steps.ts'
import { logText } from '../support/escape.ts'
import type { Screen } from './screen.ts'

const clearLine = '\r\u001b[2K'
const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const frameMs = 200

interface Current {
  readonly step: string
  /** Milliseconds. */
  readonly since: number
  readonly detail?: string | undefined
}

/**
 * The steps of a migration on a terminal: a line for each that ended, and below them one that changes, with the time that the step
 * takes, its progress, and for how long users have had no homeserver. Lines of the log are printed above it.
 */
export class LiveSteps {
  readonly #screen: Screen
  readonly #now: () => number
  #current: Current | undefined
  #downSince: number | undefined
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(screen: Screen, now: () => number = () => performance.now()) {
    this.#screen = screen
    this.#now = now
  }

  readonly step = ({ event, step: name, detail, downSeconds }: StepEvent): void => {
    const step = logText(name).replaceAll('\n', ' ')
    if (event === 'begin') {
      this.#current = { step, since: this.#now() }
      if (step === steps.stop) this.#downSince = this.#now()
    } else if (event === 'progress') {
      if (this.#current) this.#current = { ...this.#current, detail: detail && logText(detail) }
    } else this.#end(event, step)
    if (downSeconds !== undefined) {
      this.#downSince = undefined
      this.log(this.#screen.paintErr('bold', `Users had no homeserver for ${downSeconds.toFixed(1)} s.`))
    }
    this.draw()
  }

  /** Prints escaped lines above the line that changes. */
  log(text: string): void {
    this.#screen.err(`${this.#current ? clearLine : ''}${text}\n`)
    this.draw()
  }

  /** Draws the line that changes again. */
  draw(): void {
    if (!this.#current) {
      this.#stop()
      return
    }
    const { step, since, detail } = this.#current
    const frame = frames[Math.floor(this.#now() / frameMs) % frames.length]
    const down = this.#downSince === undefined ? '' : `, no homeserver for ${this.#after(this.#downSince)}`
    const progress = detail === undefined ? '' : `, ${detail}`
    const line = `${frame} ${step} (${this.#after(since)}${down}${progress})`
    this.#screen.err(`${clearLine}${line.slice(0, this.#screen.width - 1)}`)
    this.#timer ??= setInterval(() => this.draw(), frameMs).unref()
  }

  /** Removes the line that changes. */
  close(): void {
    if (this.#current) this.#screen.err(clearLine)
    this.#current = undefined
    this.#stop()
  }

  #end(event: 'done' | 'failed', step: string): void {
    const took = this.#current?.step === step ? ` (${this.#after(this.#current.since)})` : ''
    const { paintErr } = this.#screen
    const mark = event === 'done' ? paintErr('green', '✔') : paintErr('red', '✘')
    this.#screen.err(`${this.#current ? clearLine : ''}${mark} ${step}${took}\n`)
    this.#current = undefined
  }

  #stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #after(since: number): string {
    return `${((this.#now() - since) / 1000).toFixed(1)} s`
  }
}
