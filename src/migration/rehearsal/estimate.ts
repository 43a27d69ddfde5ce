import type { AccountCounts } from '../../domain/account-counts.ts'
import type { Dialect } from '../../domain/stage.ts'
import type { ServerNames } from '../../server/names.ts'
import type { ServerSession } from '../../server/session.ts'

/** What parts of the window take on this server; undefined where it is unknown. */
export interface Measured {
  /** The last stop of these units. */
  readonly stopSeconds: number | undefined
  /** Loading the code of Synapse, its workers and MAS at once, now. */
  readonly loadSeconds: number | undefined
  /** syn2mas in the rehearsal. */
  readonly syn2masSeconds: number | undefined
  /** Between two health checks, where the reverse proxy waits for one before it routes users to Synapse. */
  readonly healthCheckSeconds: number | undefined
}

export interface Estimate {
  readonly seconds: number
  /** Measures again, for a server that was busier before. */
  readonly again: () => Promise<number>
}

export async function estimateWindow(
  session: ServerSession,
  names: ServerNames,
  counts: AccountCounts,
  syn2masSeconds: number | undefined,
): Promise<Estimate> {
  const measured = await measureServer(session, names)
  const secondsOf = (parts: typeof measured) =>
    expectedWindowSeconds(names.dialect, counts, { ...parts, syn2masSeconds })
  return {
    seconds: secondsOf(measured),
    again: async () => {
      const now = await measureServer(session, names)
      return secondsOf({ ...now, loadSeconds: ofKnown(Math.min, [measured.loadSeconds, now.loadSeconds]) })
    },
  }
}

/**
 * The downtime that is not exceeded in nine of ten migrations; half of it is the lower end. A unit's last start says little:
 * it can be from a boot or an installation, and ends with a health check and a pause for which the window does not wait.
 * So the load of Synapse's code is measured, which scales with the server and with what else runs on it.
 */
export function expectedWindowSeconds(dialect: Dialect, counts: AccountCounts, measured: Measured): number {
  const { stopSeconds = 1, loadSeconds = 2, syn2masSeconds = 1, healthCheckSeconds } = measured
  const writing = dialect === 'mas-cli' ? 0 : writingSeconds(counts) * Math.max(1, syn2masSeconds)
  const answer = answerSeconds(1.5 * loadSeconds, healthCheckSeconds)
  return Math.round(14 * (stopSeconds + syn2masSeconds + writing + answer + 0.4)) / 10
}

/** The Node tool's dry run writes nothing, its real run writes row by row. */
function writingSeconds(counts: AccountCounts): number {
  const { users, passwords, emails, links, sessions, refreshTokens } = counts
  const rows = [users, passwords, emails, links, sessions, sessions, refreshTokens]
  return 0.0004 * rows.reduce<number>((sum, count) => sum + (count ?? 0), 0)
}

function answerSeconds(ready: number, healthCheckSeconds: number | undefined): number {
  return healthCheckSeconds === undefined
    ? ready
    : healthCheckSeconds * Math.ceil(ready / healthCheckSeconds) + routingSeconds
}

/** Traefik applies changes at most every two seconds. */
const routingSeconds = 1

const properties = ['ActiveExitTimestampMonotonic', 'InactiveEnterTimestampMonotonic'] as const

/** What can be measured without stopping anything. */
export async function measureServer(
  session: ServerSession,
  names: ServerNames,
): Promise<Omit<Measured, 'syn2masSeconds'>> {
  return {
    stopSeconds: await measureStop(session, names),
    loadSeconds: await measureLoad(session, names),
    healthCheckSeconds: await healthCheckInterval(session, names),
  }
}

/** Of the slowest unit of Synapse, its workers and MAS, by systemd's own timestamps. */
async function measureStop(
  session: ServerSession,
  { synapseUnit, workerUnits, masUnit }: ServerNames,
): Promise<number | undefined> {
  const units = [synapseUnit, ...workerUnits, masUnit].map(unit => `${unit}.service`)
  const { stdout } = await session.run([
    'systemctl',
    'show',
    '--no-pager',
    `--property=${properties.join(',')}`,
    ...units,
  ])
  const stops = stdout.split(/\n\s*\n/).map(block => {
    const [leaving, left] = properties.map(name =>
      Number(new RegExp(`^${name}=(\\d+)$`, 'm').exec(block)?.[1] ?? 0),
    )
    return between(leaving, left)
  })
  return ofKnown(Math.max, stops)
}

/**
 * In other processes in Synapse's container, so that it takes as long as in a start now. The least of three: what else the server
 * does meanwhile, such as reading from a disk for the first time, only makes it longer, and ends before the window more often than
 * not. The cores are shared by all that start.
 */
async function measureLoad(
  session: ServerSession,
  { synapseUnit, workerUnits }: ServerNames,
): Promise<number | undefined> {
  const { code, stdout } = await session.run(['docker', 'exec', synapseUnit, 'python3', '-c', loadProgram])
  const [seconds = 0, cores = 1] = stdout.split(' ').map(Number)
  const starting = workerUnits.length + 2
  return code === 0 && seconds > 0 ? seconds * Math.max(1, starting / cores) : undefined
}

const loadProgram = `import os, subprocess, sys, time
def load():
    started = time.monotonic()
    subprocess.run([sys.executable, "-c", "import synapse.app.homeserver"], check=True)
    return time.monotonic() - started
print(min(load() for _ in range(3)), len(os.sched_getaffinity(0)))`

/** Traefik routes to a container only after a health check; workers have a reverse proxy of their own, which keeps running. */
async function healthCheckInterval(
  session: ServerSession,
  { synapseUnit, workerUnits }: ServerNames,
): Promise<number | undefined> {
  if (workerUnits.length > 0) return undefined
  const format =
    '{{index .Config.Labels "traefik.enable"}} {{with .Config.Healthcheck}}{{.Interval.Seconds}}{{end}}'
  const { stdout } = await session.run(['docker', 'inspect', `--format=${format}`, synapseUnit])
  const [, seconds] = /^true (\d[\d.]*)$/m.exec(stdout) ?? []
  return seconds === undefined ? undefined : Number(seconds)
}

/** Seconds; systemd kills a unit that takes longer to stop, if nothing else is set. */
const longestStop = 90

/**
 * Seconds between two of systemd's timestamps in microseconds; 0 stands for never. Where the last stop was one of a unit that was
 * still starting, they are those of different stops, and tell nothing.
 */
function between(from = 0, to = 0): number | undefined {
  const seconds = (to - from) / 1e6
  return from > 0 && seconds >= 0 && seconds <= longestStop ? seconds : undefined
}

function ofKnown(
  choose: (...seconds: readonly number[]) => number,
  seconds: readonly (number | undefined)[],
): number | undefined {
  const known = seconds.filter(each => each !== undefined)
  return known.length === 0 ? undefined : choose(...known)
}
