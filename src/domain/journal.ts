import { createHash } from 'node:crypto'
import { parseRecord, record } from '../support/json.ts'

/** Path of the journal on the server. */
export const journalPath = '/matrix/auth-actions/journal.jsonl'

/** All events. `begin` starts a migration; `proven` and `end` decide how a later run continues. */
export const journalEvents = [
  'begin',
  'step-begin',
  'step-done',
  'step-failed',
  'undo-begin',
  'undo-done',
  'undo-failed',
  'note',
  'proven',
  'signal',
  'end',
] as const
export type JournalEvent = (typeof journalEvents)[number]

/** How a migration ended. */
export const journalOutcomes = ['migrated', 'rolled-back', 'abandoned'] as const
export type JournalOutcome = (typeof journalOutcomes)[number]

export interface JournalEntry {
  /** Counts from 1 through the file without gaps. */
  readonly seq: number
  /** ISO 8601, from the clock of the writer. */
  readonly at: string
  /** Id of the migration, which each `begin` creates. */
  readonly run: string
  /** The fencing number of the writer. */
  readonly fence: number
  readonly event: JournalEvent
  readonly step?: string
  readonly outcome?: JournalOutcome
  /** Data for an undo or a later run. Never contains a secret. */
  readonly data?: Readonly<Record<string, unknown>>
}

export interface Journal {
  readonly entries: readonly JournalEntry[]
  /** A crash cut off the last line. It is treated as never written. */
  readonly torn: boolean
  /** The first damaged line (from 1), other than a torn last line. It and all later lines are ignored. */
  readonly damagedLine?: number
}

export interface JournalSummary {
  /**
   * `none`: no migration was started, or the file is missing. `unfinished`: started, neither ended nor proven. `proven`: only
   * the step `finish` is missing. `damaged`: a line was changed or is missing.
   */
  readonly state: 'none' | 'unfinished' | 'proven' | 'migrated' | 'rolled-back' | 'abandoned' | 'damaged'
  readonly run?: string
  readonly lastStep?: string
  readonly lastAt?: string
}

/** The line with its newline. `sum` is the sha256 of the line without `sum`. `seq` reveals a missing line. */
export function journalLine(entry: JournalEntry): string {
  const body = JSON.stringify(entry)
  return `${body.slice(0, -1)},"sum":"${sha256(body)}"}\n`
}

/** Reads a journal. Never throws: the result describes damage. */
export function parseJournal(text: string): Journal {
  const lines = text.split('\n')
  const tail = lines.pop() ?? ''
  const entries: JournalEntry[] = []
  for (const [index, line] of lines.entries()) {
    const entry = parseLine(line)
    if (!entry || entry.seq !== index + 1) return { entries, torn: false, damagedLine: index + 1 }
    entries.push(entry)
  }
  return { entries, torn: tail !== '' }
}

/** The entries of the latest migration. */
export function latestRun(entries: readonly JournalEntry[]): readonly JournalEntry[] {
  const start = entries.findLastIndex(entry => entry.event === 'begin')
  return start < 0 ? [] : entries.slice(start)
}

export function summarizeJournal(text: string | undefined): JournalSummary {
  if (text === undefined || text === '') return { state: 'none' }
  const journal = parseJournal(text)
  return journal.damagedLine === undefined ? summarizeEntries(journal.entries) : { state: 'damaged' }
}

/** Of a journal without damage. */
export function summarizeEntries(all: readonly JournalEntry[]): JournalSummary {
  const entries = latestRun(all)
  const last = entries.at(-1)
  if (!last) return { state: 'none' }
  const step = entries.findLast(entry => entry.step !== undefined)?.step
  return { state: stateOf(entries), run: last.run, lastAt: last.at, ...(step ? { lastStep: step } : {}) }
}

function stateOf(entries: readonly JournalEntry[]): JournalSummary['state'] {
  const end = entries.findLast(entry => entry.event === 'end')
  if (end) return end.outcome ?? 'abandoned'
  const proven = entries.findLastIndex(entry => entry.event === 'proven')
  const undone = entries.findLastIndex(entry => entry.event === 'undo-begin')
  return proven >= 0 && undone < proven ? 'proven' : 'unfinished'
}

function parseLine(line: string): JournalEntry | undefined {
  const cut = /^(\{.*),"sum":"([0-9a-f]{64})"\}$/.exec(line)
  if (!cut || sha256(`${cut[1]}}`) !== cut[2]) return undefined
  const value = parseRecord(`${cut[1]}}`)
  return isEntry(value) ? value : undefined
}

function isEntry(value: unknown): value is JournalEntry {
  const { seq, at, run, fence, event } = record(value)
  return (
    typeof seq === 'number' &&
    typeof at === 'string' &&
    typeof run === 'string' &&
    typeof fence === 'number' &&
    journalEvents.some(known => known === event)
  )
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
