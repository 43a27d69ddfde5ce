import { spawnSync } from 'node:child_process'

export interface Program {
  readonly name: string
  readonly argv: readonly string[]
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
}

export interface Times {
  /** Milliseconds from start to finish, in the order in which they were taken. */
  readonly wall: readonly number[]
}

/** Runs programs in turn, several rounds, so that other load on the machine affects all of them alike. */
export function interleaved(programs: readonly Program[], rounds: number): Map<string, Times> {
  const times = new Map(programs.map(({ name }) => [name, { wall: [] as number[] }]))
  for (const program of programs) runOnce(program)
  for (let round = 0; round < rounds; round += 1) {
    for (const program of programs) times.get(program.name)?.wall.push(runOnce(program))
  }
  return times
}

function runOnce({ name, argv, cwd, env = {} }: Program): number {
  const [command = '', ...words] = argv
  const { PATH = '' } = process.env
  const started = performance.now()
  const { status, stderr } = spawnSync(command, words, {
    cwd,
    env: { PATH, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 1 << 28,
  })
  const took = performance.now() - started
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr.toString('utf8').slice(0, 2000)}`)
  return took
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}

const printUsage = `
import { writeSync } from 'node:fs'
process.on('exit', () => writeSync(2, '\\n' + JSON.stringify(process.resourceUsage())))
`

export interface Usage {
  /** The most memory that the program held at once. */
  readonly megabytes: number
  /** User and system time together. */
  readonly cpuSeconds: number
}

/** What a Node program uses of the machine. */
export function usageOf({ argv, cwd, env = {} }: Program): Usage {
  const [command = '', ...words] = argv
  const { PATH = '' } = process.env
  const { stderr } = spawnSync(
    command,
    ['--import', `data:text/javascript,${encodeURIComponent(printUsage)}`, ...words],
    { cwd, env: { PATH, ...env }, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const usage = JSON.parse(stderr.toString('utf8').split('\n').at(-1) ?? '') as NodeJS.ResourceUsage
  return {
    megabytes: usage.maxRSS / 1024,
    cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
  }
}
