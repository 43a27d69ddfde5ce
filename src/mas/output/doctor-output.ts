import type { Finding, Severity } from '../../domain/finding.ts'
import type { Delegation } from '../../domain/server-facts.ts'
import { doctorMessages } from './doctor-messages.ts'
import { explain } from './finding-table.ts'
import { type LogEntry, readLog } from './log-entries.ts'

export interface DoctorOutput {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface DoctorResult {
  readonly findings: readonly Finding[]
  /** How many of its checks it called good. */
  readonly good: number
  /** It ran to an end: it exits with 0 whatever it finds, and says something about at least one check. */
  readonly ran: boolean
}

/**
 * Reads what `mas-cli doctor` printed, by log level: two of its failures bear no mark, and its exit code says nothing. Of a
 * message only the kind is kept: the row on Synapse's API prints the shared secret.
 *
 * @param delegation How Synapse delegates. `no`: what waits for the switch-over is only noted. `msc3861`: a doctor of v1.2 or
 *   later asks for an API that this Synapse does not have, on a healthy server.
 */
export function readDoctor({ exitCode, stdout, stderr }: DoctorOutput, delegation: Delegation): DoctorResult {
  const entries = readLog(`${stdout}\n${stderr}`).filter(({ source }) => source.includes('doctor'))
  const good = entries.filter(({ level, text }) => level === 'info' && text.includes('✅')).length
  const notGood = entries.filter(({ level }) => level === 'warn' || level === 'error')
  const inside = delegation === 'no' ? undefined : loginAskedInside(entries)
  const bad = notGood.filter(entry => entry !== inside)
  const { findings, unknown } = explain(
    'doctor',
    doctorMessages,
    bad.map(entry => ({ text: firstLine(entry), severity: severityOf(entry, delegation) })),
  )
  const ran = exitCode === 0 && entries.length > 1
  return {
    good,
    ran,
    findings: [
      ...findings.map(({ count: _, ...finding }) => finding),
      ...unknown.map(({ severity }) => unrecognised(severity ?? 'error')),
      ...(inside ? [loginNotSeen] : []),
      ...(ran ? [] : [didNotRun(exitCode)]),
    ],
  }
}

/**
 * The row on logins, where the doctor asked Synapse itself: it does so where it gets no well-known file, such as from a
 * network that does not reach its own public address, and a Synapse that delegates answers 404 there when all is well.
 */
function loginAskedInside(entries: readonly LogEntry[]): LogEntry | undefined {
  const isBad = ({ level }: LogEntry) => level === 'warn' || level === 'error'
  const noWellKnown = entries.some(
    entry => isBad(entry) && /[Ww]ell-known (?:replied with|document)|fetch well-known/.test(entry.text),
  )
  const inside = originIn(entries.find(({ text }) => text.includes('Homeserver is reachable at')))
  const login = entries.find(entry => isBad(entry) && firstLine(entry).includes('legacy login API at'))
  return noWellKnown && inside !== undefined && originIn(login) === inside ? login : undefined
}

function originIn(entry: LogEntry | undefined): string | undefined {
  const address = /"(https?:\/\/[^"\s]+)"/.exec(entry === undefined ? '' : firstLine(entry))?.[1]
  return address !== undefined && URL.canParse(address) ? new URL(address).origin : undefined
}

const loginNotSeen: Finding = {
  id: 'doctor/compatibility-login-not-seen',
  severity: 'notice',
  message: 'mas-cli doctor could not see where logins from outside are routed.',
  why: 'It gets no well-known file from the public address, so it asked Synapse itself, whose own login is off.',
  remedy:
    'Ask from outside: `/_matrix/client/v3/login` at the homeserver must answer with the flows of MAS, not with 404.',
}

function firstLine({ text }: LogEntry): string {
  return text.split('\n')[0] ?? ''
}

function severityOf(entry: LogEntry, delegation: Delegation): Severity {
  const text = firstLine(entry)
  const waits = /A Synapse (?:MAS|admin) API endpoint|legacy login API/.test(text)
  if (delegation === 'no' && waits) return 'notice'
  if (delegation === 'msc3861' && /A Synapse MAS API endpoint .* 404/.test(text)) return 'notice'
  return entry.level === 'error' ? 'error' : 'warning'
}

function unrecognised(severity: Severity): Finding {
  return {
    id: 'doctor/unrecognised',
    severity,
    message: 'mas-cli doctor reports something that this toolkit does not know.',
    why: 'A newer MAS checks more than this toolkit explains; its text is not shown, for it could hold a secret.',
    remedy: 'Run `/matrix/matrix-authentication-service/bin/mas-cli doctor` on the server and read it.',
  }
}

function didNotRun(exitCode: number | null): Finding {
  return {
    id: 'doctor/did-not-run',
    severity: 'error',
    message: `mas-cli doctor did not run to its end (exit code ${exitCode}).`,
    why: 'It stops where it cannot read its configuration, or MAS does not run.',
    remedy:
      'See that matrix-authentication-service runs, then run `/matrix/matrix-authentication-service/bin/mas-cli doctor` on the server.',
  }
}
