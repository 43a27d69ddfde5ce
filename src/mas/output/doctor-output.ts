import type { Finding, Severity } from '../../domain/finding.ts'
import { failedCheck } from '../../domain/health-checks.ts'
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
 * @param delegation How Synapse delegates. `no`: failures that the migration will resolve are no findings. `msc3861`: a doctor
 *   of v1.2 or later asks for an API that this Synapse lacks, on a healthy server too.
 */
export function readDoctor({ exitCode, stdout, stderr }: DoctorOutput, delegation: Delegation): DoctorResult {
  const entries = readLog(`${stdout}\n${stderr}`).filter(({ source }) => source.includes('doctor'))
  const good = entries.filter(({ level, text }) => level === 'info' && text.includes('✅')).length
  const internal = delegation === 'no' ? undefined : internalLoginCheck(entries)
  const failed = entries.filter(
    entry => isFailure(entry) && entry !== internal && !isExpected(entry, delegation),
  )
  const { findings, unknown } = explain(
    'doctor',
    doctorMessages,
    failed.map(entry => ({ text: firstLine(entry), severity: severityOf(entry), cause: detailOf(entry) })),
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

const loginRouteUnknown = failedCheck(
  'compatibility-login-not-seen',
  'mas-cli doctor could not check how logins from the internet are routed.',
)

function firstLine({ text }: LogEntry): string {
  return text.split('\n')[0] ?? ''
}

function severityOf({ level }: LogEntry): Severity {
  return level === 'error' ? 'error' : 'warning'
}

/** Whether a healthy server fails the check, too. */
function isExpected(entry: LogEntry, delegation: Delegation): boolean {
  const text = firstLine(entry)
  if (delegation === 'no')
    return /A Synapse (?:MAS|admin) API endpoint|legacy login API|well-known is missing the/.test(text)
  return delegation === 'msc3861' && /A Synapse MAS API endpoint .* 404/.test(text)
}

/** What the server answered, or why it could not be asked. */
function detailOf(entry: LogEntry): string {
  const [, status] = /(?:replied with|, got) (\d{3}[^.,]*)/.exec(firstLine(entry)) ?? []
  const [, details = ''] = /^Error details: (.*)$/m.exec(entry.text) ?? []
  return status === undefined ? shownText(details) : `HTTP ${shownText(status)}`
}

function unrecognised({ text, severity = 'error', cause = '' }: ToolText): Finding {
  const line = shownText(text.replace(/^(?:❌|⚠️|\s)+/u, ''))
  const message = `mas-cli doctor reports a problem that this toolkit does not recognise: ${line}`
  return failedCheck('unrecognised', withCause(message, cause), { severity })
}

/** Why it stopped: its final error, or what the container engine printed. */
function reasonIn(output: string): string {
  const plain = readLog(output).filter(({ level }) => level === undefined)
  const final = plain.findLast(({ text }) => /^Error: /.test(text))
  return final ? causeOf(final.text) : shownText(failureLine(plain.map(({ text }) => text).join('\n')))
}

function didNotRun(exitCode: number | null, cause: string): Finding {
  const message = `mas-cli doctor did not finish (exit code ${exitCode}).`
  return failedCheck('mas-cli-doctor', withCause(message, cause))
}
