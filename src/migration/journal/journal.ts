import type { Clock } from '../../domain/clock.ts'
import { type JournalEntry, journalLine, journalPath, parseJournal } from '../../domain/journal.ts'
import type { Guard } from '../../server/guard/guard.ts'
import type { ServerSession } from '../../server/session.ts'
import { ToolkitError } from '../../support/errors.ts'

export type NewEntry = Pick<JournalEntry, 'event' | 'step' | 'outcome' | 'data'>

/** Appends to the journal on the server. Entries are on disk when `add` returns. It fails after another run took the lock over. */
export class JournalWriter {
  readonly #session: ServerSession
  readonly #guard: Guard
  readonly #clock: Clock
  readonly #run: string
  #next: number

  constructor(session: ServerSession, guard: Guard, clock: Clock, run: string, next: number) {
    this.#session = session
    this.#guard = guard
    this.#clock = clock
    this.#run = run
    this.#next = next
  }

  async add(...entries: readonly NewEntry[]): Promise<void> {
    const lines = this.#lines(entries)
    try {
      await this.#guard.append(this.#next, lines)
    } catch (error) {
      // The entries may be on disk although the append failed, and later runs act on them, above all on `proven`.
      await this.#appendAgain(entries, lines, error)
    }
    this.#next += entries.length
  }

  async #appendAgain(entries: readonly NewEntry[], lines: string, error: unknown): Promise<void> {
    if (!(error instanceof ToolkitError) || error.reason !== 'server-command-failed') throw error
    const text = (await this.#session.readFile(journalPath))?.toString('utf8') ?? ''
    if (text.endsWith(lines)) return
    this.#next = parseJournal(text).entries.length + 1
    await this.#guard.append(this.#next, this.#lines(entries))
  }

  #lines(entries: readonly NewEntry[]): string {
    const at = this.#clock.now().toISOString()
    const lines = entries.map(({ event, step, outcome, data }, index) =>
      journalLine({
        seq: this.#next + index,
        at,
        run: this.#run,
        fence: this.#guard.fence,
        event,
        ...(step === undefined ? {} : { step }),
        ...(outcome === undefined ? {} : { outcome }),
        ...(data === undefined ? {} : { data }),
      }),
    )
    return lines.join('')
  }
}

/** The entries on the server, without a torn last line. Throws `server-state-unreadable` where a line was changed. */
export async function readJournal(session: ServerSession): Promise<readonly JournalEntry[]> {
  const content = await session.readFile(journalPath)
  const journal = parseJournal(content?.toString('utf8') ?? '')
  if (journal.damagedLine === undefined) return journal.entries
  throw new ToolkitError({
    kind: 'server',
    reason: 'server-state-unreadable',
    what: `Line ${journal.damagedLine} of the journal was changed after it was written.`,
    where: `${session.host}:${journalPath}`,
    remedy: 'Find out who changed it, check the state of the server, then move the file away.',
  })
}
