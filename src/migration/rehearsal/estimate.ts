import type { AccountCounts } from '../../domain/account-counts.ts'
import type { ServerFacts } from '../../domain/server-facts.ts'
import type { Dialect } from '../../domain/stage.ts'
import { masUnit, type ServerNames, synapseUnit } from '../../server/names.ts'
import type { ServerSession } from '../../server/session.ts'
import { type JsonRecord, parseRecord } from '../../support/json.ts'

/** What parts of the window take on this server; undefined where it is unknown. */
export interface Measured {
  /** A usual stop of the slowest unit. */
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
  { dialect, synapse }: ServerFacts,
  syn2masSeconds: number | undefined,
): Promise<Estimate> {
  const measured = await measureServer(session, names)
  const secondsOf = (parts: typeof measured) =>
    expectedWindowSeconds(dialect, synapse.migratable, { ...parts, syn2masSeconds })
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
  const writing = dialect === 'mas-cli' ? 0 : writingSeconds(counts, Math.max(1, syn2masSeconds))
  const answer = answerSeconds(1.5 * loadSeconds, healthCheckSeconds)
  return Math.round(14 * (stopSeconds + syn2masSeconds + writing + answer + 0.4)) / 10
}

/**
 * The Node tool's dry run reads account by account and writes nothing, its real run writes row by row: with five rows per account,
 * writing took twice as long as the dry run. With few accounts, most of a dry run is its start.
 */
function writingSeconds(counts: AccountCounts, drySeconds: number): number {
  const { users, passwords, emails, links, sessions, refreshTokens } = counts
  const rows = [users, passwords, emails, links, sessions, sessions, refreshTokens]
  const written = rows.reduce<number>((sum, count) => sum + (count ?? 0), 0)
  return (drySeconds * 0.4 * written) / Math.max(1000, users ?? 0)
}

function answerSeconds(ready: number, healthCheckSeconds: number | undefined): number {
  return healthCheckSeconds === undefined
    ? ready
    : healthCheckSeconds * Math.ceil(ready / healthCheckSeconds) + routingSeconds
}

/** Traefik applies changes at most every two seconds. */
const routingSeconds = 1

/** Of systemd's own messages about a unit (sd-messages.h). */
const stopping = 'de5b426a63be47a7b6ac3eaac82e2f6f'
const stopped = '9d1aaa27d60140bd96365438aad20286'

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

/** Of the slowest unit of Synapse, its workers and MAS: in the middle of its last stops, by systemd's own messages. */
async function measureStop(
  session: ServerSession,
  { workerUnits }: ServerNames,
): Promise<number | undefined> {
  const units = [synapseUnit, ...workerUnits, masUnit].map(unit => `UNIT=${unit}.service`)
  const fields = '--output=json --output-fields=UNIT,MESSAGE_ID'
  const ask = `journalctl --no-pager --quiet ${fields} --lines=100 _PID=1 MESSAGE_ID=${stopping} MESSAGE_ID=${stopped}`
  const { stdout } = await session.run([...ask.split(' '), ...units])
  const lines = stdout.split('\n').flatMap<JsonRecord>(line => parseRecord(line) ?? [])
  const stops = Object.values(Object.groupBy(lines, ({ UNIT }) => String(UNIT))).map(stopSecondsOf)
  return ofKnown(Math.max, stops)
}

/** @param messages About one unit, in their order. */
function stopSecondsOf(messages: readonly JsonRecord[] = []): number | undefined {
  const seconds = messages.flatMap((end, index) => {
    const begin = messages[index - 1]
    const isStop = begin?.MESSAGE_ID === stopping && end.MESSAGE_ID === stopped
    return isStop && begin._BOOT_ID === end._BOOT_ID ? (microseconds(end) - microseconds(begin)) / 1e6 : []
  })
  return seconds.sort((one, other) => one - other)[Math.floor(seconds.length / 2)]
}

const microseconds = (message: JsonRecord) => Number(message.__MONOTONIC_TIMESTAMP)

/**
 * In other processes in Synapse's container, so that it takes as long as in a start now. The least of three: what else the server
 * does meanwhile, such as reading from a disk for the first time, only makes it longer, and ends before the window more often than
 * not. The cores are shared by all that start.
 */
async function measureLoad(
  session: ServerSession,
  { workerUnits }: ServerNames,
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
  { workerUnits }: ServerNames,
): Promise<number | undefined> {
  if (workerUnits.length > 0) return undefined
  const format =
    '{{index .Config.Labels "traefik.enable"}} {{with .Config.Healthcheck}}{{.Interval.Seconds}}{{end}}'
  const { stdout } = await session.run(['docker', 'inspect', `--format=${format}`, synapseUnit])
  const [, seconds] = /^true (\d[\d.]*)$/m.exec(stdout) ?? []
  return seconds === undefined ? undefined : Number(seconds)
}

function ofKnown(
  choose: (...seconds: readonly number[]) => number,
  seconds: readonly (number | undefined)[],
): number | undefined {
  const known = seconds.filter(each => each !== undefined)
  return known.length === 0 ? undefined : choose(...known)
}
