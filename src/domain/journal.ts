import { createHash } from 'node:crypto'
import { isRecord, parseRecord, record } from '../support/json.ts'

/**
 * How a run ended on the server. `migrated`: MAS is live and proven. `rolled-back`: Synapse uses its built-in login, as
 * requested. `restored`: the run failed, and the server is as before it. `abandoned`: nothing was changed for users.
 */
export const outcomes = ['migrated', 'rolled-back', 'restored', 'abandoned'] as const
export type Outcome = (typeof outcomes)[number]

/** What a run does: `repair` empties MAS's database, and does not touch Synapse. */
export const runKinds = ['migrate', 'rollback', 'repair'] as const
export type RunKind = (typeof runKinds)[number]

/**
 * `commit`: the window starts. `begin` and `done`: of a step. `progress`: data of a step. `failed`: why the server restores the
 * state before. `retry`: restoring, or the cleanup after the end, failed and is repeated. `end`: with the outcome. `closed`: nothing of the run is left.
 */
export const journalEvents = [
  'commit',
  'begin',
  'done',
  'progress',
  'failed',
  'retry',
  'end',
  'closed',
] as const
export type JournalEvent = (typeof journalEvents)[number]

/** A line of a run's journal, which only src/server/window/window.py writes. */
export interface JournalEntry {
  /** Increases from line to line. */
  readonly seq: number
  /** ISO 8601, from the server's clock. For people: durations are in `uptime`. */
  readonly at: string
  /** Seconds since the start of the system `boot`. */
  readonly uptime: number
  readonly boot: string
  readonly event: JournalEvent
  readonly step?: string
  /** Never contains a secret. */
  readonly data?: Readonly<Record<string, unknown>>
}

/** The lines that count: with the right checksum, and in order. Torn, doubled and foreign lines do not count. */
export function parseJournal(text: string): readonly JournalEntry[] {
  const entries: JournalEntry[] = []
  for (const line of text.split('\n')) {
    const entry = parseLine(line)
    if (entry && entry.seq > (entries.at(-1)?.seq ?? 0)) entries.push(entry)
  }
  return entries
}

/** What the run was to do; undefined without its first line. */
export function kindOf(entries: readonly JournalEntry[]): RunKind | undefined {
  const commit = entries.find(({ event }) => event === 'commit')
  return runKinds.find(kind => kind === commit?.data?.kind)
}

/** The first end decides; undefined while the run has none. */
export function outcomeOf(entries: readonly JournalEntry[]): Outcome | undefined {
  const end = entries.find(({ event }) => event === 'end')
  return outcomes.find(outcome => outcome === end?.data?.outcome)
}

function parseLine(line: string): JournalEntry | undefined {
  const match = /^(\{.*),"sum":"([0-9a-f]{64})"\}$/.exec(line)
  const body = `${match?.[1]}}`
  if (!match || createHash('sha256').update(body).digest('hex') !== match[2]) return undefined
  const value = parseRecord(body)
  return isEntry(value) ? value : undefined
}

function isEntry(value: unknown): value is JournalEntry {
  const { seq, at, uptime, boot, event, step, data } = record(value)
  return (
    typeof seq === 'number' &&
    typeof at === 'string' &&
    typeof uptime === 'number' &&
    typeof boot === 'string' &&
    journalEvents.some(known => known === event) &&
    (step === undefined || typeof step === 'string') &&
    (data === undefined || isRecord(data))
  )
}
