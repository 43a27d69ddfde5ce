/**
 * The results of the cells, kept between runs of `npm run faults`: one line of JSON each, the last of a cell counts. After a
 * change of the program they stay, and are run again after those that were never run.
 * They are committed, so that a matrix that takes hours can be completed by several machines.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Outcome } from '../../src/domain/journal.ts'
import type { Dialect } from '../../src/domain/stage.ts'
import { pathDigest } from '../lab/images/recipe.ts'
import { allCells, type Cell, cellId, inTurn, randomCell, shard } from './cells.ts'

/** What `npm run faults` tells the tests, in the variable FAULTS. */
export interface Options {
  readonly dialect: Dialect
  /** Parts of the cells' names, separated by commas. */
  readonly only?: string
  readonly shard?: readonly [index: number, count: number]
  /** Random cells instead of the matrix: one for each seed. */
  readonly seeds?: readonly [first: number, count: number]
  readonly minutes?: number
  /** Cells that hold are run again. */
  readonly fresh?: boolean
}

export interface Result {
  readonly id: string
  /** The version of the program. */
  readonly program: string
  readonly outcome?: Outcome | undefined
  readonly seconds?: number
  readonly failure?: string
  /** Of a test in the sandbox: how many random schedules it had. */
  readonly schedules?: number
}

interface Settings {
  readonly dialect: Dialect
  readonly cells: readonly Cell[]
  /** When to end, in milliseconds since 1970. */
  readonly until: number
  readonly results: Results
  /** Whether a run beside this one has shown by now that the cell holds. */
  readonly isElsewhere: (id: string) => boolean
}

/** The cells to run. */
export function settings(): Settings {
  const options = JSON.parse(process.env.FAULTS ?? '{"dialect":"mas-cli"}') as Options
  const { dialect, only = '', shard: part, seeds, minutes = 1e6, fresh } = options
  const results = new Results(dialect, partsHere())
  const isHeld = (id: string) => !fresh && results.holds(id)
  const all = seeds
    ? Array.from({ length: seeds[1] }, (_, index) => randomCell(seeds[0] + index))
    : allCells()
  const wanted = all.filter(cell => {
    const id = cellId(cell)
    return only.split(',').some(each => id.includes(each)) && !isHeld(id)
  })
  const before = results.all()
  const { never = [], earlier = [] } = Object.groupBy(part ? shard(wanted, ...part) : wanted, cell =>
    before.has(cellId(cell)) ? 'earlier' : 'never',
  )
  const until = Date.now() + minutes * 60_000
  return { dialect, cells: [...inTurn(never), ...inTurn(earlier)], until, results, isElsewhere: isHeld }
}

/** What runs in the lab: stand-ins for MAS and the playbook, or the real ones. */
export const partsOfLab = ['stand-ins', 'real'] as const
export type Parts = (typeof partsOfLab)[number]

/** By the environment, as the lab does it. */
function partsHere(): Parts {
  return process.env.LAB_MAS_DIR || process.env.LAB_PLAYBOOK ? 'real' : 'stand-ins'
}

/** The version of the program: the start of its digest. */
export const programVersion = pathDigest(
  join(import.meta.dirname, '../../src/server/window/window.py'),
).slice(0, 12)

export class Results {
  private readonly file: string

  constructor(name: Dialect | 'sandbox', parts: Parts = 'stand-ins') {
    this.file = join(import.meta.dirname, 'results', `${name}-${parts}.jsonl`)
  }

  /** The last result of each cell, by its name, in the order in which they were run. */
  all(): ReadonlyMap<string, Result> {
    const lines = existsSync(this.file) ? readFileSync(this.file, 'utf8').split('\n').filter(Boolean) : []
    return new Map(lines.map(line => JSON.parse(line) as Result).map(result => [result.id, result]))
  }

  /** Whether the cell holds with the program as it is now. */
  holds(id: string): boolean {
    const result = this.all().get(id)
    return result !== undefined && result.failure === undefined && result.program === programVersion
  }

  add(result: Omit<Result, 'program'>): void {
    appendFileSync(this.file, `${JSON.stringify({ ...result, program: programVersion })}\n`)
  }
}
