import process from 'node:process'
import { currentEra, type Era } from './era.ts'

const levels = ['ERROR', 'WARN', 'INFO'] as const
export type Level = (typeof levels)[number]

/** Where a line says it comes from. `line` differs between versions of the real one; nobody may rely on it. */
export interface Place {
  readonly module: string
  readonly line: number
  /** Only MAS before 0.16 prints these two. */
  readonly span?: string
  readonly file?: string
}

export type Fields = Readonly<Record<string, string | number | boolean>>

let microseconds = 0

function timestamp(now: Date): string {
  microseconds = (microseconds + 37) % 1000
  return now.toISOString().replace('Z', `${String(microseconds).padStart(3, '0')}Z`)
}

/**
 * One line as MAS writes it (crates/context/src/fmt.rs): only the message's first line has the prefix.
 * An event with a name of its own (`progress`) shows it instead of module and line.
 */
export function formatLine(
  era: Era,
  now: Date,
  level: Level,
  place: Place | string,
  message: string,
  fields: Fields = {},
) {
  const pairs = Object.entries(fields).map(([key, value]) => `${key}=${value}`)
  const head = `${timestamp(now)} ${level.padStart(5)}`
  return `${head} ${[origin(era, place), ...(message === '' ? [] : [message]), ...pairs].join(' ')}`
}

function origin(era: Era, place: Place | string): string {
  if (typeof place === 'string') return place
  if (era === '1.22') return `${place.module}:${place.line}`
  return `${place.span ?? 'cli'}: ${place.module}: ${place.file ?? 'crates/cli/src/main.rs'}:${place.line}:`
}

function shown(level: Level): boolean {
  const wanted = (process.env.RUST_LOG ?? 'info').toUpperCase()
  const threshold = levels.find(name => name === wanted) ?? 'INFO'
  return levels.indexOf(level) <= levels.indexOf(threshold)
}

/** Writes to stderr, as MAS does. `RUST_LOG` is understood as one level for everything. */
export function log(level: Level, place: Place | string, message: string, fields: Fields = {}): void {
  if (shown(level))
    process.stderr.write(`${formatLine(currentEra(), new Date(), level, place, message, fields)}\n`)
}
