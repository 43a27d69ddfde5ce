/** docs/reliability.md, from the results of the cells. Pure. */
import type { Dialect } from '../../src/domain/stage.ts'
import { allCells, type Cell, cellId, operations, randomCell } from './cells.ts'
import { faults } from './faults.ts'
import type { Parts, Result } from './results.ts'
import { runnerFaults } from './runner.ts'

export interface LabResults {
  readonly dialect: Dialect
  readonly parts: Parts
  /** By the cell's name. */
  readonly results: ReadonlyMap<string, Result>
}

export interface Results {
  readonly lab: readonly LabResults[]
  /** By the test's name. */
  readonly sandbox: ReadonlyMap<string, Result>
  /** `2026-11-28`. */
  readonly date: string
  /** The version of the program on the server. */
  readonly program: string
}

export function reliabilityPage({ lab, sandbox, date, program }: Results): string {
  return `${[
    '# What happens when something fails',
    `Written by \`npm run faults\` on ${date}. The program on the server is now the one whose digest begins with \`${program}\`; results with earlier ones are kept until their cells are run again, and counted. Each cell is a fault at one moment of a migration or a rollback. A cell holds if Synapse answers within 90 seconds of the end of the fault, no account, password, session or device is lost or doubled, a new login can write, exactly one service takes logins, the journal tells the truth, nothing is left on the server, and the next run ends as requested. To repeat a cell: \`npm run faults -- --dialect DIALECT --only CELL --fresh\`.`,
    sandboxPart(sandbox, program),
    ...lab
      .filter(({ parts, results }) => parts === 'stand-ins' || results.size > 0)
      .map(each => labPart(each, program)),
  ].join('\n\n')}\n`
}

function sandboxPart(results: ReadonlyMap<string, Result>, program: string): string {
  const all = [...results.values()]
  const failing = all.filter(({ failure }) => failure !== undefined)
  const schedules = all.reduce((sum, result) => sum + (result.schedules ?? 0), 0)
  return [
    '## In the sandbox',
    'The program runs for real, with stand-ins for systemd, Docker and PostgreSQL. At every call of another program and at every write to the disk: the call fails, the program is killed before or after it, or root runs `restore`. A write can also fail after it was done, or be cut short. The clock can jump by an hour at a write, backward or forward. Random schedules have two to four of these faults.',
    'The clock jumps only here. The server of the lab has the clock of the machine that it runs on, and libfaketime (0.9.10) cannot set the clock of one Python program: as soon as the monotonic clock keeps its real time, as it does on a server whose clock is set, each `time.sleep` of Python fails with EINVAL.',
    `${all.length} tests were run, with ${schedules} random schedules. **${failing.length} failed.** ${earlier(all, program)}`,
    ...failing.map(({ id }) => `- ${id}`),
  ].join('\n\n')
}

function earlier(results: readonly Result[], program: string): string {
  const count = results.filter(each => each.program !== program).length
  return count === 0
    ? 'All results are of the program as it is now.'
    : `${count} of these results ${count === 1 ? 'is' : 'are'} of an earlier program.`
}

/** Other faults than today give a seed another schedule. */
const isSchedule = (id: string) =>
  id.startsWith('seed ') && id === cellId(randomCell(Number.parseInt(id.slice('seed '.length), 10)))

/** A cell that was run can have been removed from the matrix since. With the real parts, only faults that were run there are listed. */
function labPart({ dialect, parts, results }: LabResults, program: string): string {
  const cells = allCells()
  const run = cells.filter(cell => results.has(cellId(cell)))
  const random = [...results.keys()].filter(isSchedule)
  const counted = [...run.map(cellId), ...random].flatMap(id => results.get(id) ?? [])
  const failing = counted.filter(({ failure }) => failure !== undefined)
  const listed = every.filter(fault => parts === 'stand-ins' || run.some(cell => cell.fault === fault))
  return [
    `## In the lab: dialect \`${dialect}\`, ${parts === 'real' ? realParts[dialect] : 'stand-ins for MAS and the playbook'}`,
    `${run.length} of ${cells.length} cells and ${random.length} random schedules of two faults were run. **${failing.length} fail.** ${earlier(counted, program)}`,
    ...failing.map(({ id, failure = '' }) => `- \`${id}\`: ${firstLines(failure)}`),
    [
      '| fault | migration | rollback |',
      '|---|---|---|',
      ...listed.map(fault => row(fault, cells, results)),
    ].join('\n'),
    `Each column shows how many of the existing cells were run, how they ended, and the longest time from the end of the fault until Synapse answered.${listed.length < every.length ? ' No cell of the other faults was run here.' : ''}`,
    notRun(listed, cells, results),
  ].join('\n\n')
}

const realParts = {
  'mas-cli': 'real MAS and real playbook',
  'syn2mas-tool': 'real playbook of December 2024 and real syn2mas, stand-in for MAS',
} as const satisfies Record<Dialect, string>

/** Without the lines of a journal, which are long. */
const firstLines = (failure: string) =>
  failure
    .split('\n')
    .filter(line => !line.startsWith('{'))
    .slice(0, 2)
    .join(' ')

const every = [...faults, ...runnerFaults]

function row(fault: Cell['fault'], cells: readonly Cell[], results: ReadonlyMap<string, Result>): string {
  const columns = operations.map(operation => {
    const own = cells.filter(cell => cell.fault === fault && cell.operation === operation)
    return column(
      own.length,
      own.flatMap(cell => results.get(cellId(cell)) ?? []),
    )
  })
  return `| ${fault.what} | ${columns.join(' | ')} |`
}

function column(all: number, results: readonly Result[]): string {
  if (all === 0) return 'does not apply'
  const ends = new Map<string, number>()
  for (const { outcome, failure } of results) {
    const end = failure === undefined ? (outcome ?? '') : '**fails**'
    ends.set(end, (ends.get(end) ?? 0) + 1)
  }
  const longest = Math.max(...results.map(({ seconds = 0 }) => seconds))
  const how = [...ends].map(([end, count]) => `${count} ${end}`).join(', ')
  return results.length === 0 ? `0 of ${all}` : `${results.length} of ${all}: ${how}; ${longest} s`
}

function notRun(
  listed: readonly Cell['fault'][],
  cells: readonly Cell[],
  results: ReadonlyMap<string, Result>,
): string {
  const missing = cells.filter(cell => listed.includes(cell.fault) && !results.has(cellId(cell)))
  if (missing.length === 0) return 'Every cell was run.'
  const lines = listed.flatMap(fault =>
    operations.flatMap(operation => {
      const own = missing.filter(cell => cell.fault === fault && cell.operation === operation)
      return own.length === 0 ? [] : `- ${fault.id}, ${operation}: ${momentsIn(own)}`
    }),
  )
  return `<details><summary>${missing.length} cells ${listed.length < every.length ? 'of these faults ' : ''}were not run</summary>\n\n${lines.join('\n')}\n\n</details>`
}

function momentsIn(cells: readonly Cell[]): string {
  const moments = Map.groupBy(cells, ({ step }) => step)
  return [...moments]
    .map(
      ([step, own]) =>
        `${step} (${own.map(cell => (cell.kind === 'server' ? cell.moment : 'begin')).join(', ')})`,
    )
    .join(', ')
}
