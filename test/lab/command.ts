/** What the long commands (`npm run demo`, `npm test`) have in common: an estimate first, the end without a stack trace. */
import { existsSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { progress } from '../../scripts/progress.ts'
import { isInterrupted } from '../../scripts/signals.ts'
import { lastDuration, recordDuration } from './engine/durations.ts'
import { cacheDir } from './engine/paths.ts'

/** How long a command takes, in minutes, on an idle machine with two cores: with empty caches, and with filled ones. */
export interface Minutes {
  readonly cold: number
  readonly warm: number
}

export interface Circumstances {
  /** Whether the caches are empty. */
  readonly cold: boolean
  readonly load: number
  readonly cores: number
  /** How long it took here before, in ms, by the state of the caches. */
  readonly before: { readonly cold: number | undefined; readonly warm: number | undefined }
}

/** A busy machine makes a command slower, but less than its load: much of the time is spent waiting. */
const slowdown = ({ load, cores }: Circumstances) => Math.max(1, Math.sqrt((load + 1.5) / cores))

function minutesOf(kind: 'cold' | 'warm', usual: Minutes, here: Circumstances): number {
  const before = here.before[kind]
  return Math.ceil(before === undefined ? usual[kind] * slowdown(here) : before / 60_000)
}

/** One line: how long the command will take here. */
export function estimate(command: string, usual: Minutes, here: Circumstances): string {
  const [cold, warm] = [minutesOf('cold', usual, here), minutesOf('warm', usual, here)]
  const other = here.cold ? `${warm} min when they are filled` : `${cold} min when they are empty`
  const busy = here.load > here.cores ? `; the machine is busy (load ${here.load.toFixed(1)})` : ''
  const state = here.cold ? 'the caches are empty' : 'the caches are filled'
  return `${command} takes about ${here.cold ? cold : warm} min here: ${state} (${other})${busy}`
}

const key = (command: string, cold: boolean) => `${command}, ${cold ? 'cold' : 'warm'}`

/** Says how long the command will take, runs it, and remembers how long it took for the next time. */
export async function longCommand(
  command: string,
  usual: Minutes,
  work: () => Promise<boolean>,
): Promise<number> {
  const cold = !existsSync(join(cacheDir(), 'stages'))
  const before = { cold: lastDuration(key(command, true)), warm: lastDuration(key(command, false)) }
  progress.line(estimate(command, usual, { cold, load: loadavg()[0] ?? 0, cores: cpus().length, before }))
  const started = Date.now()
  try {
    const succeeded = await work()
    if (succeeded) recordDuration(key(command, cold), Date.now() - started)
    return succeeded ? 0 : 1
  } catch (error) {
    if (!isInterrupted()) progress.line(described(error))
    return 1
  }
}

const mistakes = [TypeError, ReferenceError, RangeError, SyntaxError]

/** The message alone of what can be expected to go wrong; the stack of what is a mistake in the code. */
export function described(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // parseArgs reports a wrong option as a TypeError with a code.
  const isMistake = mistakes.some(kind => error instanceof kind) && !('code' in error)
  return isMistake ? `Unexpected error: ${error.stack ?? error.message}` : error.message
}
