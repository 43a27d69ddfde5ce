export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const
export type LogLevel = (typeof logLevels)[number]

/** One message of a log, with all of its lines. Text outside any message has no level. */
export interface LogEntry {
  readonly level: LogLevel | undefined
  /** Who says it: a module such as `mas_cli::commands::doctor`, an event such as `progress`, a logger such as `migrate`. */
  readonly source: string
  /** Without the prefix; lines joined by `\n`. */
  readonly text: string
}

/**
 * `mas-cli` writes `TIME LEVEL TARGET[:LINE] TEXT` from v0.16 on, and `TIME LEVEL SPAN: TARGET: FILE:LINE: TEXT` before
 * (crates/context/src/fmt.rs and crates/cli/src/main.rs of matrix-authentication-service).
 */
const tracing =
  /^\d{4}-\d\d-\d\dT[\d:.]+Z\s+(?<level>TRACE|DEBUG|INFO|WARN|ERROR)\s+(?:(?<span>[\w.]+): )?(?<source>[\w:]+?)(?::\d+)?(?:: [\w./-]+:\d+:)? (?<text>.*)$/

/** The Node tool writes `[TIME] [LEVEL] LOGGER - TEXT`, coloured (log4js). */
const log4js =
  /^\[\d{4}-\d\d-\d\dT[\d:.]+\]\s+\[(?<level>TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\]\s+(?<source>\S+) - (?<text>.*)$/

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const ansi = /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007]*\u0007/g

/** The text without terminal colours and other escape sequences. */
export function withoutAnsi(text: string): string {
  return text.replace(ansi, '')
}

function levelOf(word: string | undefined): LogLevel | undefined {
  return logLevels.find(level => level === word?.toLowerCase())
}

/**
 * Splits what `mas-cli` or the Node tool printed into messages. Only a message's first line has a prefix: the lines
 * after it belong to it, until a blank line followed by text of no log (`===== Errors =====`, `Error: …`), which the
 * callers look for themselves in `text`.
 */
export function readLog(output: string): LogEntry[] {
  const entries: { level: LogLevel | undefined; source: string; lines: string[] }[] = []
  for (const line of withoutAnsi(output).split(/\r?\n/)) {
    const groups = (tracing.exec(line) ?? log4js.exec(line))?.groups
    const last = entries.at(-1)
    if (groups) {
      entries.push({
        level: levelOf(groups.level),
        source: groups.source ?? '',
        lines: [groups.text ?? ''],
      })
    } else if (beginsPlainText(line) || last === undefined) {
      entries.push({ level: undefined, source: '', lines: [line] })
    } else {
      last.lines.push(line)
    }
  }
  return entries
    .map(({ level, source, lines }) => ({ level, source, text: lines.join('\n').trimEnd() }))
    .filter(entry => entry.level !== undefined || entry.text.trim() !== '')
}

/** Lines that `mas-cli` prints outside its log: blocks of findings, and the last error with its causes. */
function beginsPlainText(line: string): boolean {
  return /^(?:=====\s|Error: |error: |thread '|Check completed)/.test(line)
}
