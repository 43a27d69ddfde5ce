import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import type { DatabaseConfig } from '../config.ts'
import { connectToMas } from '../database.ts'
import { databaseMessage, Failure } from '../failure.ts'
import { log } from '../log.ts'
import {
  type AffectedTable,
  affectedTables,
  isUnfinished,
  type PausedSchema,
  pauseSchema,
  resetSchema,
  restoreSchema,
} from './paused.ts'
import type { Progress } from './progress.ts'
import { batchSize } from './reader.ts'

const connections = 8
const module = 'syn2mas::mas_writer'

/** Column → its PostgreSQL type. */
export type Columns = Readonly<Record<string, string>>

/** `LAB_SYN2MAS_SLOW`: so many milliseconds before each batch and each commit, to be killed in the middle. */
async function slowDown(): Promise<void> {
  const milliseconds = Number(process.env.LAB_SYN2MAS_SLOW ?? 0)
  if (milliseconds > 0) await sleep(milliseconds)
}

interface Lane {
  readonly client: Client
  busy: Promise<void>
}

/**
 * Writes into the renamed tables over eight connections, each one long transaction that commits alone at the end:
 * a run that dies leaves the names changed, and what of the rows was committed.
 */
export class MasWriter {
  readonly #main: Client
  readonly #paused: PausedSchema
  readonly #lanes: readonly Lane[]
  readonly #errors: string[] = []
  #next = 0

  private constructor(main: Client, paused: PausedSchema, lanes: readonly Lane[]) {
    this.#main = main
    this.#paused = paused
    this.#lanes = lanes
  }

  /** `main` holds syn2mas's advisory lock. */
  static async open(main: Client, config: DatabaseConfig): Promise<MasWriter> {
    const clients = await Promise.all(Array.from({ length: connections }, () => connectToMas(config)))
    await main.query('BEGIN')
    const unfinished = await isUnfinished(main)
    if (unfinished) {
      log('WARN', { module, line: 816 }, 'Partial syn2mas migration has already been done; resetting.')
    } else {
      log('INFO', { module, line: 838 }, 'Starting new syn2mas migration')
    }
    const paused = unfinished ? await resetSchema(main) : await pauseSchema(main)
    await main.query('COMMIT')
    await Promise.all(clients.map(client => client.query('BEGIN')))
    return new MasWriter(
      main,
      paused,
      clients.map(client => ({ client, busy: Promise.resolve() })),
    )
  }

  /** A buffer for one table. Rows are lists of values in the order of the columns. */
  buffer(table: AffectedTable, columns: Columns): WriteBuffer {
    return new WriteBuffer(rows => this.#write(table, columns, rows))
  }

  async #write(table: AffectedTable, columns: Columns, rows: readonly (readonly unknown[])[]): Promise<void> {
    const lane = this.#lanes[this.#next]
    this.#next = (this.#next + 1) % this.#lanes.length
    if (lane === undefined) throw new Error('no connection to write over')
    await lane.busy
    this.#refuseAfterErrors(table)
    lane.busy = this.#insert(lane.client, table, columns, rows).catch(error => {
      const text = `database error whilst writing ${table} to MAS: ${databaseMessage(error)}`
      log('ERROR', { module, line: 124 }, `error in writer: ${text}`)
      this.#errors.push(text)
    })
  }

  #refuseAfterErrors(table: string): void {
    if (this.#errors.length === 0) return
    const reason = 'writer connection pool shut down due to error'
    throw new Failure(`error when writing to MAS DB (writing ${table}): ${reason}`)
  }

  async #insert(
    client: Client,
    table: AffectedTable,
    columns: Columns,
    rows: readonly (readonly unknown[])[],
  ) {
    await slowDown()
    const names = Object.keys(columns).join(', ')
    const arrays = Object.values(columns).map((type, index) => `$${index + 1}::${type}[]`)
    const values = Object.keys(columns).map((_, index) => rows.map(row => row[index] ?? null))
    await client.query(
      `INSERT INTO syn2mas__${table} (${names}) SELECT * FROM unnest(${arrays.join(', ')})`,
      values,
    )
  }

  /** Commits each connection, makes the schema whole again, and empties everything where it was a dry run. */
  async finish(dryRun: boolean, progress: Progress): Promise<void> {
    await Promise.all(this.#lanes.map(lane => lane.busy))
    if (this.#errors.length > 0) {
      const list = this.#errors.map(text => `\n- ${text}`).join('')
      throw new Failure(
        `error when writing to MAS DB (failed to finalise MAS database): multiple errors${list}`,
      )
    }
    for (const { client } of this.#lanes) {
      await slowDown()
      await client.query('COMMIT')
      await client.end()
    }
    try {
      await this.#restore(dryRun, progress)
    } catch (error) {
      const cause = databaseMessage(error)
      throw new Failure(`error when writing to MAS DB (failed to finalise MAS database): ${cause}`)
    }
  }

  async #restore(dryRun: boolean, progress: Progress): Promise<void> {
    await this.#main.query('BEGIN')
    await restoreSchema(this.#main, this.#paused, progress)
    if (dryRun) {
      log('WARN', { module, line: 1016 }, 'Migration ran in dry-run mode, deleting all imported data')
      await this.#main.query(`TRUNCATE TABLE ${affectedTables.join(', ')} CASCADE`)
    }
    await this.#main.query('COMMIT')
  }
}

/** Collects rows of one table and writes them when there are enough. */
export class WriteBuffer {
  readonly #write: (rows: readonly (readonly unknown[])[]) => Promise<void>
  #rows: (readonly unknown[])[] = []

  constructor(write: (rows: readonly (readonly unknown[])[]) => Promise<void>) {
    this.#write = write
  }

  async add(row: readonly unknown[]): Promise<void> {
    this.#rows.push(row)
    if (this.#rows.length >= batchSize) await this.flush()
  }

  async flush(): Promise<void> {
    const rows = this.#rows
    this.#rows = []
    if (rows.length > 0) await this.#write(rows)
  }
}
