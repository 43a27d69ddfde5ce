import type { Severity } from '../../domain/finding.ts'
import type { Dialect } from '../../domain/stage.ts'
import { createMasker } from '../../support/redaction.ts'
import { explain, type ToolFinding } from './finding-table.ts'
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

function meaningOf(exitCode: number | null, known: Readonly<Record<number, string>>): string {
  if (exitCode === null) return 'syn2mas was ended by a signal.'
  return `syn2mas ${known[exitCode] ?? 'ended unexpectedly'} (exit code ${exitCode}).`
}

function readMasCli({ exitCode, stdout, stderr }: Syn2masOutput): Syn2masResult {
  const entries = readLog(`${stdout}\n${stderr}`)
  const texts = entries.flatMap(textsOfMasCli)
  const { findings, unknown } = explain('syn2mas', masCliMessages, texts)
  const all = [...findings, ...unknown.map(unrecognised)]
  const warned = texts.some(({ severity }) => severity === 'warning')
  const ran =
    stdout.includes('Check completed successfully') ||
    entries.some(({ text }) => /^\d+ users migrated \(\d+ skipped\) in [\d.]+s/.test(text))
  const outcome = outcomeOfMasCli(exitCode, warned, ran)
  return {
    dialect: 'mas-cli',
    outcome,
    exitMeaning: meaningOf(exitCode, masCliExits),
    findings: withFailure(all, outcome, exitCode),
    lastLines: lastLines(entries),
  }
}

function outcomeOfMasCli(exitCode: number | null, warned: boolean, ran: boolean): Syn2masOutcome {
  if (exitCode === 10) return 'errors'
  if (exitCode === 11) return 'warnings'
  if (exitCode !== 0) return 'failed'
  if (!ran) return 'unproven'
  return warned ? 'warnings' : 'clean'
}

/** The texts of one entry that a finding may explain. Texts of a block have the severity of the block. */
function textsOfMasCli(entry: LogEntry): { text: string; severity?: Severity }[] {
  const block = /^=====\s+(Errors|Warnings)/.exec(entry.text)
  if (entry.level === undefined && block) {
    const severity = block[1] === 'Errors' ? 'error' : 'warning'
    return entry.text
      .split('\n')
      .filter(line => line.startsWith('•'))
      .map(line => ({ text: line.slice(1).trim(), severity }))
  }
  if (entry.level === undefined) return /^(?:E|e)rror: /.test(entry.text) ? [{ text: entry.text }] : []
  const isNoise =
    /^sqlx/.test(entry.source) || /ran in dry-run mode|Partial syn2mas migration/.test(entry.text)
  if (isNoise || (entry.level !== 'warn' && entry.level !== 'error')) return []
  return [{ text: entry.text }]
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
    .map(entry => ({ text: entry.text }))
    .filter(({ text }) => !seen.has(text) && seen.add(text))
  const { findings, unknown } = explain('syn2mas', nodeToolMessages, texts)
  const all = [...findings, ...unknown.map(unrecognised)]
  const warnings = Number(summary?.[2] ?? 0)
  const errors = Number(summary?.[1] ?? entries.filter(entry => entry.level === 'fatal').length)
  const outcome = outcomeOfNodeTool(exitCode, summary !== undefined, warnings, errors)
  return {
    dialect: 'syn2mas-tool',
    outcome,
    exitMeaning: meaningOf(exitCode, { 0: 'finished', 1: 'stopped or failed', ...containerExits }),
    findings: withFailure(all, outcome, exitCode),
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

const masker = createMasker()

/** One line of a tool's output for people: masked, shortened and without account names, because it may contain anything. */
function shownLine(line: string): string {
  return masker
    .mask(line)
    .replace(/\S*@\S+/g, '@…')
    .replace(/\b([Uu]ser|as) \S+/g, '$1 …')
    .trim()
    .slice(0, 300)
}

/** Excludes the Node tool's debug entries, which contain hashes and e-mail addresses. */
function lastLines(entries: readonly LogEntry[]): readonly string[] {
  return entries
    .filter(({ level, text }) => level !== 'debug' && level !== 'trace' && text.trim() !== '')
    .slice(-20)
    .map(({ text }) => shownLine(text.split('\n')[0] ?? ''))
}

/** Quotes the unknown message in at most three lines. */
function unrecognised(item: { text: string; severity?: Severity }): ToolFinding {
  const quote = masker
    .mask(item.text)
    .replace(/@[^\s:@]+:[\w.-]+/g, '@…')
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !/^(?:at |Caused by:)/.test(line))
    .slice(0, 3)
    .join(' / ')
  return {
    id: 'syn2mas/unrecognised',
    severity: item.severity ?? 'warning',
    message: `syn2mas printed a message that this toolkit does not recognise: ${quote.slice(0, 300)}`,
    why: 'It may or may not block the migration.',
    remedy: 'Read the message. If it is harmless, accept this finding by its id.',
    count: 1,
  }
}

/** Adds an error if the run did not succeed and no finding says so. */
function withFailure(
  findings: readonly ToolFinding[],
  outcome: Syn2masOutcome,
  exitCode: number | null,
): ToolFinding[] {
  const unsuccessful = outcome === 'failed' || outcome === 'errors' || outcome === 'unproven'
  if (!unsuccessful || findings.some(finding => finding.severity === 'error')) return [...findings]
  const what =
    outcome === 'unproven'
      ? 'syn2mas ended with code 0, but its output does not show a result.'
      : `syn2mas ended with ${exitCode === null ? 'a signal' : `code ${exitCode}`} and printed no reason.`
  return [
    ...findings,
    {
      id: outcome === 'unproven' ? 'syn2mas/no-result' : 'syn2mas/failed',
      severity: 'error',
      message: what,
      why: 'A run that does not report what it counted proves nothing.',
      remedy: 'Run it again. If that does not help, run the command by hand on the server.',
      count: 1,
    },
  ]
}
