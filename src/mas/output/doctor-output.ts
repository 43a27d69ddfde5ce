import type { Finding, Severity } from '../../domain/finding.ts'
import type { Delegation } from '../../domain/server-facts.ts'
import { failureLine } from '../../support/lines.ts'
import { causeOf, shownText } from './cause.ts'
import { doctorMessages } from './doctor-messages.ts'
import { explain, type ToolText, withCause } from './finding-table.ts'
import { type LogEntry, readLog } from './log-entries.ts'

export interface DoctorOutput {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface DoctorResult {
  readonly findings: readonly Finding[]
  /** Number of checks that passed. */
  readonly good: number
}

/**
 * Reads the output of `mas-cli doctor` by log level: two of its failures have no ❌, and its exit code is always 0. Of a message,
 * keeps the first line and the details of an error: the lines below those about Synapse's API print the shared secret.
 *
 * @param delegation How Synapse delegates. `no`: failures that the migration will resolve are only notices. `msc3861`: a
 *   doctor of v1.2 or later asks for an API that this Synapse lacks, on a healthy server too.
 */
export function readDoctor({ exitCode, stdout, stderr }: DoctorOutput, delegation: Delegation): DoctorResult {
  const entries = readLog(`${stdout}\n${stderr}`).filter(({ source }) => source.includes('doctor'))
  const good = entries.filter(({ level, text }) => level === 'info' && text.includes('✅')).length
  const internal = delegation === 'no' ? undefined : internalLoginCheck(entries)
  const failed = entries.filter(entry => isFailure(entry) && entry !== internal)
  const { findings, unknown } = explain(
    'doctor',
    doctorMessages,
    failed.map(entry => ({
      text: firstLine(entry),
      severity: severityOf(entry, delegation),
      cause: detailOf(entry),
    })),
  )
  // It exits with 0 even if checks fail, and reports on at least one check.
  const ran = exitCode === 0 && entries.length > 1
  return {
    good,
    findings: [
      ...findings.map(({ count: _, ...finding }) => finding),
      ...unknown.map(unrecognised),
      ...(internal ? [loginRouteUnknown] : []),
      ...(ran ? [] : [didNotRun(exitCode, reasonIn(`${stdout}\n${stderr}`))]),
    ],
  }
}

/**
 * The login check, if the doctor asked Synapse directly. It does so when it gets no well-known file, for example on a network
 * that cannot reach its own public address. A healthy Synapse that delegates answers 404 to that check.
 */
function internalLoginCheck(entries: readonly LogEntry[]): LogEntry | undefined {
  const noWellKnown = entries.some(
    entry => isFailure(entry) && /[Ww]ell-known (?:replied with|document)|fetch well-known/.test(entry.text),
  )
  const internalOrigin = originIn(entries.find(({ text }) => text.includes('Homeserver is reachable at')))
  const login = entries.find(entry => isFailure(entry) && firstLine(entry).includes('legacy login API at'))
  return noWellKnown && internalOrigin !== undefined && originIn(login) === internalOrigin ? login : undefined
}

function isFailure({ level }: LogEntry): boolean {
  return level === 'warn' || level === 'error'
}

function originIn(entry: LogEntry | undefined): string | undefined {
  const address = /"(https?:\/\/[^"\s]+)"/.exec(entry === undefined ? '' : firstLine(entry))?.[1]
  return address !== undefined && URL.canParse(address) ? new URL(address).origin : undefined
}

const loginRouteUnknown: Finding = {
  id: 'doctor/compatibility-login-not-seen',
  severity: 'notice',
  message: 'mas-cli doctor could not check how logins from the internet are routed.',
  why: "It got no well-known file from the public address, so it asked Synapse directly. Synapse's built-in login is off.",
  remedy:
    'From another network, run `curl https://MATRIX_HOST/_matrix/client/v3/login`. It must list the login flows of MAS, not answer 404.',
}

function firstLine({ text }: LogEntry): string {
  return text.split('\n')[0] ?? ''
}

function severityOf(entry: LogEntry, delegation: Delegation): Severity {
  const text = firstLine(entry)
  const needsDelegation = /A Synapse (?:MAS|admin) API endpoint|legacy login API/.test(text)
  if (delegation === 'no' && needsDelegation) return 'notice'
  if (delegation === 'msc3861' && /A Synapse MAS API endpoint .* 404/.test(text)) return 'notice'
  return entry.level === 'error' ? 'error' : 'warning'
}

/** What the server answered, or why it could not be asked. */
function detailOf(entry: LogEntry): string {
  const [, status] = /(?:replied with|, got) (\d{3}[^.,]*)/.exec(firstLine(entry)) ?? []
  const [, details = ''] = /^Error details: (.*)$/m.exec(entry.text) ?? []
  return status === undefined ? shownText(details) : `HTTP ${shownText(status)}`
}

function unrecognised({ text, severity = 'error', cause = '' }: ToolText): Finding {
  return {
    id: 'doctor/unrecognised',
    severity,
    message: withCause(
      `mas-cli doctor reports a problem that this toolkit does not recognise: ${shownText(text.replace(/^(?:❌|⚠️|\s)+/u, ''))}`,
      cause,
    ),
    why: 'A newer MAS may have more checks.',
    remedy:
      'Read the message. For its other lines, run `/matrix/matrix-authentication-service/bin/mas-cli doctor` on the server.',
  }
}

/** Why it stopped: its final error, or what the container engine printed. */
function reasonIn(output: string): string {
  const plain = readLog(output).filter(({ level }) => level === undefined)
  const final = plain.findLast(({ text }) => /^Error: /.test(text))
  return final ? causeOf(final.text) : shownText(failureLine(plain.map(({ text }) => text).join('\n')))
}

function didNotRun(exitCode: number | null, cause: string): Finding {
  return {
    id: 'doctor/did-not-run',
    severity: 'error',
    message: withCause(`mas-cli doctor did not finish (exit code ${exitCode}).`, cause),
    why: 'It stops early if it cannot read its configuration or if MAS is not running.',
    remedy:
      'Check that matrix-authentication-service is running, then run `/matrix/matrix-authentication-service/bin/mas-cli doctor` on the server.',
  }
}
