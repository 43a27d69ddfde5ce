import { ToolkitError } from '../support/errors.ts'
import { number, parseRecord, text } from '../support/json.ts'
import { emitted } from './probe.ts'
import healthScript from './scripts/health.sh'
import journalScript from './scripts/journal.sh'
import type { ServerSession } from './session.ts'

/** What a health check needs beside the probe. */
export interface HealthFacts {
  /** The text of each unit file, with its drop-ins. */
  readonly units: ReadonlyMap<string, string>
  /** Addresses of MAS's container, and of the gateways of its networks. */
  readonly masAddresses: readonly string[]
  /** Absent where the playbook's PostgreSQL backup is not installed; `undefined` inside where it has no file yet. */
  readonly backup?: { readonly newest: Date | undefined }
  /** By the server's clock. */
  readonly now: Date
}

/** @throws ToolkitError `server-command-failed` */
export async function readHealthFacts(session: ServerSession): Promise<HealthFacts> {
  const { code, stdout } = await session.run(['bash', '-c', healthScript], { timeoutMs: 30_000 })
  if (code !== 0) throw scriptFailed(session)
  const seen = emitted(stdout)
  const newest = seen.get('newest-backup')
  return {
    units: new Map(
      [...seen].flatMap(([name, content]): [string, string][] =>
        name.startsWith('unit ') ? [[name.slice('unit '.length), content]] : [],
      ),
    ),
    masAddresses: (seen.get('mas-networks') ?? '').split(/\s+/).filter(Boolean),
    ...(newest === undefined ? {} : { backup: { newest: dateOf(newest) } }),
    now: new Date(Number(seen.get('now')) * 1000),
  }
}

/** Seconds since 1970. */
function dateOf(seconds: string): Date | undefined {
  const value = Number.parseFloat(seconds)
  return Number.isNaN(value) ? undefined : new Date(value * 1000)
}

/** One entry of the journal. The message is untrusted, and can hold secrets. */
export interface JournalLine {
  /** Without `.service`. */
  readonly unit: string
  readonly message: string
  /** As in syslog: 3 and less are errors. */
  readonly priority: number
}

/** How many entries `journal.sh` prints. */
export const journalLimit = 20_000

/**
 * The newest entries of the units since the last health check, at most those of a day, without requests of access logs. Leaves a
 * mark in the journal.
 * @throws ToolkitError `server-command-failed`
 */
export async function readJournal(session: ServerSession): Promise<readonly JournalLine[]> {
  const { code, stdout } = await session.run(['bash', '-c', journalScript], { timeoutMs: 60_000 })
  if (code !== 0) throw scriptFailed(session)
  return stdout.split('\n').flatMap(journalLine)
}

function journalLine(line: string): JournalLine[] {
  const entry = parseRecord(line)
  if (entry === undefined) return []
  // systemd's own lines about a unit name it in UNIT. A message that is not UTF-8 is a list of bytes.
  const unit = text(entry.UNIT) ?? text(entry._SYSTEMD_UNIT) ?? ''
  const message = Array.isArray(entry.MESSAGE)
    ? Buffer.from(entry.MESSAGE.map(byte => number(byte) ?? 0)).toString('utf8')
    : (text(entry.MESSAGE) ?? '')
  return [{ unit: unit.replace(/\.service$/, ''), message, priority: Number(text(entry.PRIORITY) ?? '6') }]
}

function scriptFailed({ host }: ServerSession): ToolkitError {
  return new ToolkitError({
    reason: 'server-command-failed',
    what: 'A script of the health check failed on the server.',
    where: host,
    remedy: 'Run on the server: `journalctl -n 5; docker ps`. Both must work.',
  })
}
