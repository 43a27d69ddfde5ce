import type { AccountCounts } from '../../domain/account-counts.ts'
import type { Dialect } from '../../domain/stage.ts'
import type { ServerNames } from '../../server/names.ts'
import type { ServerSession } from '../../server/session.ts'

/** What parts of the window took on this server before. */
export interface Measured {
  /** The last stop of these units; undefined where systemd does not know it. */
  readonly stopSeconds: number | undefined
  /** Their last start, until the unit was active. */
  readonly startSeconds: number | undefined
  /** syn2mas in the rehearsal. */
  readonly syn2masSeconds: number | undefined
}

/**
 * The downtime that is not exceeded in nine of ten migrations; half of it is the lower end. Synapse answers before its unit is
 * active: the playbook's unit waits for a health check, and then three more seconds. The Node tool's dry run writes nothing;
 * the real run writes row by row (2.5 ms a row where the tool starts in one second).
 */
export function expectedWindowSeconds(dialect: Dialect, counts: AccountCounts, measured: Measured): number {
  const { stopSeconds = 1.5, startSeconds = 10, syn2masSeconds = 1 } = measured
  const { users, passwords, emails, links, sessions, refreshTokens } = counts
  const rows = [users, passwords, emails, links, sessions, sessions, refreshTokens].reduce<number>(
    (sum, count) => sum + (count ?? 0),
    0,
  )
  const writing = dialect === 'mas-cli' ? 0 : rows * 0.0025 * Math.max(1, syn2masSeconds)
  return Math.round(10 * (stopSeconds + syn2masSeconds + writing + 0.8 * startSeconds + 1.5)) / 10
}

const properties = [
  'InactiveExitTimestampMonotonic',
  'ActiveEnterTimestampMonotonic',
  'ActiveExitTimestampMonotonic',
  'InactiveEnterTimestampMonotonic',
] as const

/** The slowest unit of Synapse, its workers and MAS, by systemd's own timestamps. */
export async function measureUnits(
  session: ServerSession,
  { synapseUnit, workerUnits, masUnit }: ServerNames,
): Promise<Pick<Measured, 'stopSeconds' | 'startSeconds'>> {
  const units = [synapseUnit, ...workerUnits, masUnit].map(unit => `${unit}.service`)
  const { stdout } = await session.run([
    'systemctl',
    'show',
    '--no-pager',
    `--property=${properties.join(',')}`,
    ...units,
  ])
  const times = stdout.split(/\n\s*\n/).map(block => {
    const [exit, enter, leaving, left] = properties.map(name =>
      Number(new RegExp(`^${name}=(\\d+)$`, 'm').exec(block)?.[1] ?? 0),
    )
    return { start: between(exit, enter), stop: between(leaving, left) }
  })
  return {
    startSeconds: slowest(times.map(({ start }) => start)),
    stopSeconds: slowest(times.map(({ stop }) => stop)),
  }
}

/** Seconds between two of systemd's timestamps in microseconds; 0 stands for never. */
function between(from = 0, to = 0): number | undefined {
  return from > 0 && to >= from ? (to - from) / 1e6 : undefined
}

function slowest(seconds: readonly (number | undefined)[]): number | undefined {
  const known = seconds.filter(each => each !== undefined)
  return known.length === 0 ? undefined : Math.max(...known)
}
