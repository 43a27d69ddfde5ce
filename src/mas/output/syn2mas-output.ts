import type { Severity } from '../../domain/finding.ts'
import type { Dialect } from '../../domain/stage.ts'
import { createMasker } from '../../support/redaction.ts'
import { explain, type ToolFinding } from './finding-table.ts'
import { type LogEntry, readLog } from './log-entries.ts'
import { masCliMessages } from './mas-cli-messages.ts'
import { nodeToolMessages } from './node-tool-messages.ts'

/** What syn2mas's own program left behind; for Ansible, of the task that ran it, never of `ansible-playbook` itself. */
export interface Syn2masOutput {
  readonly dialect: Dialect
  /** null where it was ended by a signal. */
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The rows of one category as the tool itself reports them. */
export interface Migrated {
  readonly migrated: number
  /** Rows of puppets, application services and inactive accounts, left out on purpose. */
  readonly skipped: number
  readonly seconds?: number
}

export const syn2masCategories = [
  'users',
  'threepids',
  'external_ids',
  'nonrefreshable_access_tokens',
  'refreshable_tokens',
  'devices',
] as const
export type Syn2masCategory = (typeof syn2masCategories)[number]

/** How far the tool was, as it said every few seconds. `percent` is left out where its estimate is not a number. */
export interface ProgressEvent {
  readonly category: string
  readonly migrated: number
  readonly skipped: number
  readonly percent?: number
}

/**
 * - `clean`: it ran, and found nothing.
 * - `warnings`: it ran to its end, with warnings.
 * - `errors`: it refused because of findings.
 * - `failed`: it could not run, or died.
 * - `unproven`: exit 0, and no sign that it did anything.
 */
export type Syn2masOutcome = 'clean' | 'warnings' | 'errors' | 'failed' | 'unproven'

export interface Syn2masResult {
  readonly dialect: Dialect
  readonly outcome: Syn2masOutcome
  readonly exitCode: number | null
  /** What the exit code says, one sentence. */
  readonly exitMeaning: string
  readonly findings: readonly ToolFinding[]
  readonly counts: Readonly<Partial<Record<Syn2masCategory, Migrated>>>
  /** Accounts whose rows stay in MAS after a real run of the Node tool; undefined where the tool does not say. */
  readonly committedAccounts?: number
  readonly warnings: number
  readonly errors: number
  readonly progress: readonly ProgressEvent[]
  /** It found a run that had died before it, and started over. */
  readonly resetPartialRun: boolean
  readonly dryRun: boolean
  /** The end of what it printed, for a person: at most 20 lines, masked, without names of accounts. */
  readonly lastLines: readonly string[]
}

/**
 * Reads the output of syn2mas. Findings never hold names of accounts or text of the log that may be a secret.
 */
export function readSyn2mas(output: Syn2masOutput): Syn2masResult {
  return output.dialect === 'mas-cli' ? readMasCli(output) : readNodeTool(output)
}

/**
 * Whether a rehearsal's result leaves nothing to accept. Of the Node tool a warning is fatal in the real run, so only
 * zero warnings are clean; of mas-cli, exit 0 without a block of warnings.
 */
export function isClean(result: Syn2masResult): boolean {
  return result.outcome === 'clean'
}

const words: Readonly<Record<string, Syn2masCategory>> = {
  users: 'users',
  'third-party IDs': 'threepids',
  'upstream links (external IDs)': 'external_ids',
  'non-refreshable access tokens': 'nonrefreshable_access_tokens',
  'refreshable token pairs': 'refreshable_tokens',
  devices: 'devices',
}

/** Exit codes of `mas-cli syn2mas` (crates/cli/src/commands/syn2mas.rs). */
const masCliExits: Readonly<Record<number, string>> = {
  0: 'It ran to its end.',
  1: 'It failed.',
  2: 'It did not understand its arguments.',
  10: 'It refused: something must be changed first.',
  11: 'The check found warnings.',
  125: 'The container could not be started.',
  137: 'It was killed.',
  143: 'It was ended by a signal.',
}

function meaningOf(exitCode: number | null, known: Readonly<Record<number, string>>): string {
  if (exitCode === null) return 'It was ended by a signal.'
  return known[exitCode] ?? `It ended with the unexpected code ${exitCode}.`
}

function readMasCli({ exitCode, stdout, stderr }: Syn2masOutput): Syn2masResult {
  const entries = readLog(`${stdout}\n${stderr}`)
  const texts: { text: string; severity?: Severity }[] = []
  const counts: Partial<Record<Syn2masCategory, Migrated>> = {}
  const progress: ProgressEvent[] = []
  for (const entry of entries) {
    texts.push(...textsOfMasCli(entry))
    const count = /^(\d+) (.+?) migrated \((\d+) skipped\) in ([\d.]+)s/.exec(entry.text)
    const category = words[count?.[2] ?? '']
    if (count && category) {
      counts[category] = { migrated: Number(count[1]), skipped: Number(count[3]), seconds: Number(count[4]) }
    }
    const step = progressOf(entry)
    if (step) progress.push(step)
  }
  const { findings, unknown } = explain('syn2mas', masCliMessages, texts)
  const all = [...findings, ...unknown.map(unrecognised)]
  const block = (severity: Severity) => texts.filter(item => item.severity === severity).length
  const dryRun = entries.some(entry => entry.text.includes('ran in dry-run mode'))
  const checked = stdout.includes('Check completed successfully')
  const result = {
    dialect: 'mas-cli' as const,
    exitCode,
    exitMeaning: meaningOf(exitCode, masCliExits),
    counts,
    warnings: block('warning'),
    errors: block('error'),
    progress,
    resetPartialRun: entries.some(entry => entry.text.includes('Partial syn2mas migration')),
    dryRun,
    lastLines: lastLines(entries),
  }
  const outcome = outcomeOfMasCli(exitCode, result.warnings, counts.users !== undefined || checked)
  return { ...result, outcome, findings: withFailure(all, outcome, exitCode) }
}

function outcomeOfMasCli(exitCode: number | null, warnings: number, ran: boolean): Syn2masOutcome {
  if (exitCode === 10) return 'errors'
  if (exitCode === 11) return 'warnings'
  if (exitCode !== 0) return 'failed'
  if (!ran) return 'unproven'
  return warnings > 0 ? 'warnings' : 'clean'
}

/** The texts of one entry that a finding may explain; those of the two blocks with the block's severity. */
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

function progressOf(entry: LogEntry): ProgressEvent | undefined {
  if (entry.source !== 'progress') return undefined
  const found = /^migrating (\w+): (\d+) \((\d+) skipped\) \/~\S* \(~([^%]*)%\)/.exec(entry.text)
  if (!found) return undefined
  const percent = Number(found[4])
  return {
    category: found[1] ?? '',
    migrated: Number(found[2]),
    skipped: Number(found[3]),
    ...(Number.isFinite(percent) ? { percent: Math.min(percent, 100) } : {}),
  }
}

function readNodeTool({ exitCode, stdout, stderr }: Syn2masOutput): Syn2masResult {
  const entries = readLog(`${stdout}\n${stderr}`)
  const summary = entries
    .map(entry =>
      /^Completed migration (dry-run )?of (\d+) users with (\d+) fatals and (\d+) warnings/.exec(entry.text),
    )
    .find(found => found !== null)
  const end = entries.findIndex(entry => entry.text.startsWith('Completed migration'))
  // After the summary the tool repeats all its warnings; after each FATAL it repeats those so far.
  const seen = new Set<string>()
  const texts = (end === -1 ? entries : [...entries.slice(0, end), ...entries.slice(end)])
    .filter(entry => entry.level !== undefined && ['warn', 'error', 'fatal'].includes(entry.level))
    .filter(entry => !/^Error: Migration failed with \d+ fatals/.test(entry.text))
    .map(entry => ({ text: entry.text }))
    .filter(({ text }) => !seen.has(text) && seen.add(text))
  const { findings, unknown } = explain('syn2mas', nodeToolMessages, texts)
  const all = [...findings, ...unknown.map(unrecognised)]
  const processed = entries.filter(entry => entry.text.startsWith('Processing user ')).length
  const committed = entries.filter(entry => entry.text.startsWith('Migrated user ')).length
  const warnings = Number(summary?.[4] ?? 0)
  const errors = Number(summary?.[3] ?? entries.filter(entry => entry.level === 'fatal').length)
  const outcome = outcomeOfNodeTool(exitCode, summary !== undefined, warnings, errors)
  return {
    dialect: 'syn2mas-tool',
    outcome,
    exitCode,
    exitMeaning: meaningOf(exitCode, {
      0: 'It ran to its end.',
      1: 'It refused or failed.',
      ...containerExits,
    }),
    findings: withFailure(all, outcome, exitCode),
    counts:
      summary || processed > 0 ? { users: { migrated: Number(summary?.[2] ?? processed), skipped: 0 } } : {},
    ...(committed > 0 ? { committedAccounts: committed } : {}),
    warnings,
    errors,
    progress: [],
    resetPartialRun: false,
    dryRun: summary?.[1] !== undefined,
    lastLines: lastLines(entries),
  }
}

const containerExits = {
  125: 'The container could not be started.',
  137: 'It was killed.',
  143: 'It was ended by a signal.',
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

const shapes = createMasker()

/** One line of a tool for a person: masked and cut, for it may hold anything, and without names of accounts. */
function shownLine(line: string): string {
  return shapes
    .mask(line)
    .replace(/\S*@\S+/g, '@…')
    .replace(/\b([Uu]ser|as) \S+/g, '$1 …')
    .trim()
    .slice(0, 300)
}

/** The Node tool's debug entries are left out: they hold hashes and addresses. */
function lastLines(entries: readonly LogEntry[]): readonly string[] {
  return entries
    .filter(({ level, text }) => level !== 'debug' && level !== 'trace' && text.trim() !== '')
    .slice(-20)
    .map(({ text }) => shownLine(text.split('\n')[0] ?? ''))
}

/** What the tool said, in at most three lines. */
function unrecognised(item: { text: string; severity?: Severity }): ToolFinding {
  const said = shapes
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
    message: `syn2mas says something that this version does not know: ${said.slice(0, 300)}`,
    why: 'It may or may not stand in the way of the migration.',
    remedy: 'Read it; where it is harmless, accept this finding by its id.',
    count: 1,
  }
}

/** A run that did not do its work must never come without an error. */
function withFailure(
  findings: readonly ToolFinding[],
  outcome: Syn2masOutcome,
  exitCode: number | null,
): ToolFinding[] {
  const bad = outcome === 'failed' || outcome === 'errors' || outcome === 'unproven'
  if (!bad || findings.some(finding => finding.severity === 'error')) return [...findings]
  const what =
    outcome === 'unproven'
      ? 'syn2mas ended with code 0, but its output does not show a result.'
      : `syn2mas ended with ${exitCode === null ? 'a signal' : `code ${exitCode}`} and gave no reason.`
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
