import { createHash } from 'node:crypto'
import { parseRecord, record } from '../support/json.ts'

/** Where the journal lies on the server. */
export const journalPath = '/matrix/auth-actions/journal.jsonl'

/** What can be written down. `begin` opens a migration; `proven` and `end` are the two moments that decide what follows. */
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
  /** Counts from 1 through the whole file, without gaps. */
  readonly seq: number
  /** ISO 8601, by the clock of whoever writes. */
  readonly at: string
  /** Which migration: made anew by each `begin`. */
  readonly run: string
  /** The fencing number under which it was written. */
  readonly fence: number
  readonly event: JournalEvent
  readonly step?: string
  readonly outcome?: JournalOutcome
  /** What an undo or a later run needs. Never a secret. */
  readonly data?: Readonly<Record<string, unknown>>
}

export interface Journal {
  readonly entries: readonly JournalEntry[]
  /** The last line was cut off by a crash while it was written; it counts as never written. */
  readonly torn: boolean
  /** The first line (from 1) that is neither as it was written nor a torn last one. Nothing after it is believed. */
  readonly damagedLine?: number
}

export interface JournalSummary {
  /**
   * `none`: nothing was ever begun, or the file is missing. `unfinished`: begun, not ended, not proven. `proven`: only what
   * `finish` does is missing. `damaged`: a line was changed, or is missing.
   */
  readonly state: 'none' | 'unfinished' | 'proven' | 'migrated' | 'rolled-back' | 'abandoned' | 'damaged'
  readonly run?: string
  readonly lastStep?: string
  readonly lastAt?: string
}

/** The line, with its newline; `sum` is the sha256 of the line without it, chained to nothing: `seq` shows a missing one. */
export function journalLine(entry: JournalEntry): string {
  const body = JSON.stringify(entry)
  return `${body.slice(0, -1)},"sum":"${sha256(body)}"}\n`
}

/** Reads a journal back. Never throws: what can't be believed is named. */
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
