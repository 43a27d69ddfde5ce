import type { Finding, Severity } from '../../domain/finding.ts'
import { failedCheck } from '../../domain/health-checks.ts'
import { type JournalLine, journalLimit } from '../../server/health-facts.ts'
import { plural } from '../../support/plural.ts'
import { fails, holds, type Outcome } from './tasks.ts'

interface ErrorKind {
  /** Completes "… logged 3 errors: ". */
  readonly what: string
  readonly match: RegExp
  /** Only of these units; all by default. */
  readonly units?: RegExp
  /** Fewer lines of one unit mean nothing; 1 by default. */
  readonly least?: number
  readonly severity?: Severity
  readonly users: string
  readonly first: (unit: string) => string
}

/** The first kind that matches decides. Sources: PostgreSQL's, Synapse's, MAS's, systemd's and the kernel's own messages. */
const kinds: readonly ErrorKind[] = [
  {
    what: 'the disk is full',
    match: /No space left on device|could not extend file|Disk quota exceeded/i,
    severity: 'error',
    users: 'Users cannot send messages or files, and soon users cannot log in.',
    first: () => 'Run on the server: `df -h; du -xh --max-depth=2 /matrix | sort -h | tail`. Make space.',
  },
  {
    what: 'the data of PostgreSQL may be damaged',
    match:
      /invalid page in block|could not read blocks? |unexpected zero page|index "[^"]*" (?:is corrupt|contains)|missing chunk number|database system was not properly shut down.*(?:invalid|corrupt)/i,
    severity: 'error',
    users: 'Users may miss messages, or get errors in some rooms.',
    first: () =>
      'Stop Synapse and MAS, copy /matrix/postgres, and check the disk (smartctl, dmesg) before anything else.',
  },
  {
    what: 'memory ran out',
    match: /Out of memory|oom-kill|MemoryError|Cannot allocate memory/i,
    users: 'Users are disconnected while a service restarts.',
    first: unit =>
      `Run on the server: \`free -h; systemctl status ${unit}\`. Give the server more memory, or this service less.`,
  },
  {
    what: 'the service was restarted again and again',
    match: /^(?:\S+\.service: )?(?:Start request repeated too quickly|Failed with result ')/,
    least: 3,
    users: 'What this service does for users fails again and again.',
    first: unit =>
      `Run on the server: \`journalctl -u ${unit} -n 100\`. The lines before a restart have the cause.`,
  },
  {
    // Synapse logs the certificates of other servers and of linked websites, where some have always expired.
    what: 'a certificate was not accepted',
    units: /^matrix-authentication-service$/,
    match: /certificate verify failed|certificate has expired|invalid peer certificate|InvalidCertificate/i,
    least: 3,
    users: 'Logins through a provider can fail, or users get no email.',
    first: unit =>
      `Run on the server: \`journalctl -u ${unit} -g certificate -n 20\`. The lines name the address.`,
  },
  {
    what: 'Synapse could not ask MAS about a session',
    units: /^matrix-synapse/,
    match: / - Failed to introspect token/,
    least: 3,
    users: 'Requests of users failed for some time.',
    first: () =>
      'Run on the server: `systemctl status matrix-authentication-service; journalctl -u matrix-authentication-service -n 50`.',
  },
  {
    what: 'the database was not available',
    match:
      /psycopg2\.(?:OperationalError|InterfaceError)|remaining connection slots|too many clients|PoolTimedOut|pool timed out|could not connect to server|terminating connection due to administrator command/i,
    least: 3,
    users: 'Requests of users failed for some time.',
    first: () =>
      'Run on the server: `systemctl status matrix-postgres; journalctl -u matrix-postgres -n 50`.',
  },
]

const quotingUnits = /^matrix-(?:synapse|postgres)/
/** PostgreSQL's and Python's lines with values and statements, which hold texts of users; both indent the lines that continue one. */
const quoting = /^\s|^LINE \d+: |\b(?:STATEMENT|DETAIL|CONTEXT|QUERY): {2}/

/** Errors by unit and kind. Lines are counted and never shown: they can hold secrets. Other errors are only counted. */
export function judgeJournal(lines: readonly JournalLine[]): Outcome {
  const counts = new Map<string, { readonly kind: ErrorKind; readonly unit: string; count: number }>()
  let others = 0
  for (const line of lines) {
    if (quotingUnits.test(line.unit) && quoting.test(line.message)) continue
    const kind = kinds.find(
      ({ match, units }) => match.test(line.message) && (units?.test(line.unit) ?? true),
    )
    if (kind === undefined) {
      if (isError(line)) others += 1
      continue
    }
    const key = `${line.unit} ${kind.what}`
    const known = counts.get(key)
    if (known) known.count += 1
    else counts.set(key, { kind, unit: line.unit, count: 1 })
  }
  const rest = [
    ...(others === 0
      ? []
      : [
          `none of a known kind; ${plural(others, 'other error')}, which only a person can judge: \`journalctl -u 'matrix-*' --since -1d\``,
        ]),
    ...(lines.length < journalLimit ? [] : [`only the newest ${journalLimit} entries were read`]),
  ]
  const [first, ...more] = [...counts.values()]
    .filter(({ kind, count }) => count >= (kind.least ?? 1))
    .map(({ kind, unit, count }) => findingOf(kind, unit, count))
  if (first === undefined) return holds(rest.join('; '))
  const outcome = fails(first, ...more)
  return { ...outcome, detail: [outcome.detail, ...rest].join('; ') }
}

function findingOf({ what, severity, users, first }: ErrorKind, unit: string, count: number): Finding {
  const message = `${unit} logged ${plural(count, 'error')} since the last health check: ${what}.`
  return failedCheck('journal', message, { why: users, remedy: first(unit), ...(severity && { severity }) })
}

/** Containers write to standard output, so systemd knows no level: Synapse, MAS and PostgreSQL write theirs into the line. */
const levelOfError =
  /^\S+ \S+ - \S+ - \d+ - (?:ERROR|CRITICAL) - |^\S+Z\s+ERROR\s|^[^"]{0,80}\b(?:ERROR|FATAL|PANIC): {2}/

function isError({ message, priority }: JournalLine): boolean {
  return priority <= 3 || levelOfError.test(message)
}
