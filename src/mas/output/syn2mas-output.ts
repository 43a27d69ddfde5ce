import type { Severity } from '../../domain/finding.ts'
import type { Dialect } from '../../domain/stage.ts'
import { failureLine } from '../../support/lines.ts'
import { causeOf, shownText } from './cause.ts'
import { crashMessages, failureMessages } from './failure-messages.ts'
import { explain, type ToolFinding, type ToolMessage, withCause } from './finding-table.ts'
import { type LogEntry, readLog } from './log-entries.ts'
import { masCliMessages } from './mas-cli-messages.ts'
import { nodeToolMessages } from './node-tool-messages.ts'

/** The output of the syn2mas program itself, not of `ansible-playbook`. */
export interface Syn2masOutput {
  readonly dialect: Dialect
  /** `null` if a signal ended it. */
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/**
 * - `clean`: it finished without findings.
 * - `warnings`: it finished with warnings.
 * - `errors`: it stopped because of findings.
 * - `failed`: it could not start, or it crashed.
 * - `unproven`: it exited with 0 but printed no sign of any work.
 */
export type Syn2masOutcome = 'clean' | 'warnings' | 'errors' | 'failed' | 'unproven'

export interface Syn2masResult {
  readonly dialect: Dialect
  readonly outcome: Syn2masOutcome
  /** The meaning of the exit code, in one sentence. */
  readonly exitMeaning: string
  readonly findings: readonly ToolFinding[]
  /** The end of its output for people: at most 20 lines, masked, without account names. */
  readonly lastLines: readonly string[]
}

/** Reads the output of syn2mas. Findings contain no account names and no log text that may be a secret. */
export function readSyn2mas(output: Syn2masOutput): Syn2masResult {
  return output.dialect === 'mas-cli' ? readMasCli(output) : readNodeTool(output)
}

const containerExits = {
  125: 'was not started: its container could not start',
  137: 'was killed',
  143: 'was ended by a signal',
}

/** Exit codes of `mas-cli syn2mas` (crates/cli/src/commands/syn2mas.rs). */
const masCliExits: Readonly<Record<number, string>> = {
  0: 'finished',
  1: 'failed',
  2: 'did not accept its arguments',
  10: 'stopped: it found errors that must be fixed first',
  11: 'found warnings',
  ...containerExits,
}

const nodeToolExits: Readonly<Record<number, string>> = {
  0: 'finished',
  1: 'stopped or failed',
  ...containerExits,
}

function meaningOf(exitCode: number | null, known: Readonly<Record<number, string>>): string {
  if (exitCode === null) return 'syn2mas was ended by a signal.'
  return `syn2mas ${known[exitCode] ?? 'ended unexpectedly'} (exit code ${exitCode}).`
}

/** A text that a finding may explain. */
interface Told {
  readonly text: string
  /** The severity of the block that it is in. */
  readonly severity?: Severity
  /** It says why the tool failed, or that something did. */
  readonly isError?: boolean
}

function readMasCli({ exitCode, stdout, stderr }: Syn2masOutput): Syn2masResult {
  const entries = readLog(`${stdout}\n${stderr}`)
  const texts = withoutRepeated(entries.flatMap(textsOfMasCli))
  const warned = texts.some(({ severity }) => severity === 'warning')
  const ran =
    stdout.includes('Check completed successfully') ||
    entries.some(({ text }) => /^\d+ users migrated \(\d+ skipped\) in [\d.]+s/.test(text))
  const outcome = outcomeOfMasCli(exitCode, warned, ran)
  return {
    dialect: 'mas-cli',
    outcome,
    exitMeaning: meaningOf(exitCode, masCliExits),
    findings: findingsOf(masCliMessages, texts, entries, outcome, meaningOf(exitCode, masCliExits)),
    lastLines: lastLines(entries),
  }
}

/** A failure is logged before it is printed as the final error: the log entry repeats its end. */
function withoutRepeated(texts: readonly Told[]): readonly Told[] {
  const final = texts.findLast(({ text }) => /^Error: /.test(text))
  const end = (text: string) => causeOf(text).split(': ').at(-1) ?? ''
  const repeats = ({ text }: Told) => final !== undefined && shownText(final.text).includes(end(text))
  return texts.filter(
    each => each === final || each.severity !== undefined || !each.isError || !repeats(each),
  )
}

/** Without an error among them, a tool that failed told the reason outside its log, if at all. */
function findingsOf(
  table: readonly ToolMessage[],
  texts: readonly Told[],
  entries: readonly LogEntry[],
  outcome: Syn2masOutcome,
  exitMeaning: string,
): readonly ToolFinding[] {
  const isFailed = outcome === 'failed' || outcome === 'errors'
  const tellsWhy = texts.some(({ isError, severity }) => isError || severity === 'error')
  const told = isFailed && !tellsWhy ? [...texts, ...plainTexts(entries)] : texts
  const { findings, unknown } = explain('syn2mas', [...failureMessages, ...table, ...crashMessages], told)
  return withFailure(
    [...findings, ...unknown.map(each => unrecognised(each, isFailed))],
    outcome,
    exitMeaning,
  )
}

/** What was printed outside the log: the line with the reason. */
function plainTexts(entries: readonly LogEntry[]): readonly Told[] {
  const plain = entries.filter(
    ({ level, text }) => level === undefined && !/^=====\s|^Check completed/.test(text),
  )
  const text = failureLine(plain.map(entry => entry.text).join('\n'))
  return text === '' ? [] : [{ text, isError: true }]
}

function outcomeOfMasCli(exitCode: number | null, warned: boolean, ran: boolean): Syn2masOutcome {
  if (exitCode === 10) return 'errors'
  if (exitCode === 11) return 'warnings'
  if (exitCode !== 0) return 'failed'
  if (!ran) return 'unproven'
  return warned ? 'warnings' : 'clean'
}

/** The texts of one entry that a finding may explain. Texts of a block have the severity of the block, and may be wrapped. */
function textsOfMasCli(entry: LogEntry): readonly Told[] {
  const block = /^=====\s+(Errors|Warnings)/.exec(entry.text)
  if (entry.level === undefined && block) {
    const severity = block[1] === 'Errors' ? 'error' : 'warning'
    return entry.text
      .split(/^•/m)
      .slice(1)
      .map(text => ({ text: text.split(/\n\s*\n/)[0]?.trim() ?? '', severity }))
  }
  if (entry.level === undefined) {
    const isFailure = /^(?:[Ee]rror: |thread '|docker: |OCI runtime|exec )/.test(entry.text)
    return isFailure ? [{ text: entry.text, isError: true }] : []
  }
  const isNoise =
    /^sqlx/.test(entry.source) || /ran in dry-run mode|Partial syn2mas migration/.test(entry.text)
  if (isNoise || (entry.level !== 'warn' && entry.level !== 'error')) return []
  return [{ text: entry.text, isError: entry.level === 'error' }]
}

function readNodeTool({ exitCode, stdout, stderr }: Syn2masOutput): Syn2masResult {
  const entries = readLog(`${stdout}\n${stderr}`)
  const summary = entries
    .map(entry =>
      /^Completed migration (?:dry-run )?of \d+ users with (\d+) fatals and (\d+) warnings/.exec(entry.text),
    )
    .find(match => match !== null)
  // The tool repeats all warnings after its summary, and all earlier warnings after each FATAL.
  const seen = new Set<string>()
  const texts = entries
    .filter(entry => entry.level !== undefined && ['warn', 'error', 'fatal'].includes(entry.level))
    .filter(entry => !/^Error: Migration failed with \d+ fatals/.test(entry.text))
    .map(({ text, level }): Told => ({ text, isError: level !== 'warn' }))
    .filter(({ text }) => !seen.has(text) && seen.add(text))
  const warnings = Number(summary?.[2] ?? 0)
  const errors = Number(summary?.[1] ?? entries.filter(entry => entry.level === 'fatal').length)
  const outcome = outcomeOfNodeTool(exitCode, summary !== undefined, warnings, errors)
  const exitMeaning = meaningOf(exitCode, nodeToolExits)
  return {
    dialect: 'syn2mas-tool',
    outcome,
    exitMeaning,
    findings: findingsOf(nodeToolMessages, texts, entries, outcome, exitMeaning),
    lastLines: lastLines(entries),
  }
}

function outcomeOfNodeTool(
  exitCode: number | null,
  finished: boolean,
  warnings: number,
  fatals: number,
): Syn2masOutcome {
  if (exitCode !== 0) return fatals > 0 ? 'errors' : 'failed'
  if (!finished) return 'unproven'
  if (fatals > 0) return 'errors'
  return warnings > 0 ? 'warnings' : 'clean'
}

/** Excludes the Node tool's debug entries, which contain hashes and e-mail addresses. */
function lastLines(entries: readonly LogEntry[]): readonly string[] {
  return entries
    .filter(({ level, text }) => level !== 'debug' && level !== 'trace' && text.trim() !== '')
    .slice(-20)
    .map(({ text }) => {
      const cause = text.includes('Caused by:') ? causeOf(text) : ''
      return withCause(shownText(text.split('\n')[0] ?? ''), cause).replace(/\b([Uu]ser|as) \S+/g, '$1 …')
    })
}

/** Quotes a message that no row explains. */
function unrecognised({ text, severity, isError = false }: Told, isFailed: boolean): ToolFinding {
  const [top = ''] = text.split('\n')
  const cause = text.includes('\n') ? causeOf(text) : ''
  const isReason = isFailed && isError
  const quote = shownText(top.replace(/^[Ee]rror: /, ''))
  return {
    id: 'syn2mas/unrecognised',
    severity: severity ?? (isReason ? 'error' : 'warning'),
    message: withCause(
      isReason
        ? `syn2mas failed with a message that this toolkit does not recognise: ${quote}`
        : `syn2mas printed a message that this toolkit does not recognise: ${quote}`,
      quote.includes(cause) ? '' : cause,
    ),
    why: isReason ? 'The migration would stop in the same way.' : 'It may or may not block the migration.',
    remedy: isReason
      ? 'Fix the cause that the message names, then run this again.'
      : 'Read the message. If it is harmless, accept this finding in `accepted-findings.yml`.',
    count: 1,
  }
}

/** Adds an error if the run did not succeed and no finding says so. */
function withFailure(
  findings: readonly ToolFinding[],
  outcome: Syn2masOutcome,
  exitMeaning: string,
): readonly ToolFinding[] {
  const isUnsuccessful = outcome === 'failed' || outcome === 'errors' || outcome === 'unproven'
  if (!isUnsuccessful || findings.some(finding => finding.severity === 'error')) return findings
  const message =
    outcome === 'unproven'
      ? 'syn2mas ended with code 0, but its output does not show a result.'
      : `${exitMeaning} It gave no reason.`
  return [
    ...findings,
    {
      id: outcome === 'unproven' ? 'syn2mas/no-result' : 'syn2mas/failed',
      severity: 'error',
      message,
      why: 'A run that does not report what it counted proves nothing.',
      remedy:
        'Run it again. If that does not help, look for a reason on the server: `journalctl -k -n 50` shows processes that were killed because the memory was full.',
      count: 1,
    },
  ]
}
