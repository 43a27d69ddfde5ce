export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const
export type LogLevel = (typeof logLevels)[number]

/** One log message, with all its lines. Text outside a message has no level. */
export interface LogEntry {
  readonly level: LogLevel | undefined
  /** A module such as `mas_cli::commands::doctor`, an event such as `progress`, or a logger such as `migrate`. */
  readonly source: string
  /** Without the prefix. Lines are joined by `\n`. */
  readonly text: string
}

/**
 * `mas-cli` writes `TIME LEVEL TARGET[:LINE] TEXT` since v0.16, and `TIME LEVEL SPAN: TARGET: FILE:LINE: TEXT` before
 * (crates/context/src/fmt.rs and crates/cli/src/main.rs of matrix-authentication-service).
 */
const tracing =
  /^\d{4}-\d\d-\d\dT[\d:.]+Z\s+(?<level>TRACE|DEBUG|INFO|WARN|ERROR)\s+(?:(?<span>[\w.]+): (?=\w+::))?(?<source>[\w:]+?)(?::\d+)?(?:: [\w./-]+:\d+:|:)? (?<text>.*)$/

/** The Node tool writes `[TIME] [LEVEL] LOGGER - TEXT`, coloured (log4js). */
const log4js =
  /^\[\d{4}-\d\d-\d\dT[\d:.]+\]\s+\[(?<level>TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\]\s+(?<source>\S+) - (?<text>.*)$/

// Control sequences, titles and links (ended by BEL or ST), character sets and single-character commands.
const ansi =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[ -/]*[0-~]/g

/** Removes terminal colours and other escape sequences. */
export function withoutAnsi(text: string): string {
  return text.replace(ansi, '')
}

function levelOf(word: string | undefined): LogLevel | undefined {
  return logLevels.find(level => level === word?.toLowerCase())
}

/**
 * Splits the output of `mas-cli` or the Node tool into messages. Only the first line of a message has a prefix. The lines
 * after it belong to the message, until a line that `mas-cli` prints outside its log (`===== Errors =====`, `Error: …`).
 */
export function readLog(output: string): LogEntry[] {
  const entries: { level: LogLevel | undefined; source: string; lines: string[] }[] = []
  for (const line of withoutAnsi(output).split(/\r?\n/)) {
    const groups = (tracing.exec(line) ?? log4js.exec(line))?.groups
    const last = entries.at(-1)
    if (groups) {
      const { level, source = '', text = '' } = groups
      entries.push({ level: levelOf(level), source, lines: [text] })
    } else if (startsPlainText(line) || last === undefined) {
      entries.push({ level: undefined, source: '', lines: [line] })
    } else {
      last.lines.push(line)
    }
  }
  return entries
    .map(({ level, source, lines }) => ({ level, source, text: lines.join('\n').trimEnd() }))
    .filter(entry => entry.level !== undefined || entry.text.trim() !== '')
}

/**
 * Matches what is printed outside the log: by `mas-cli`, blocks of findings, and the final error with its causes; by the Rust runtime,
 * a panic; by the container engine, why there is no container.
 */
function startsPlainText(line: string): boolean {
  return /^(?:=====\s|Error: |error: |thread '|Check completed|docker: |Unable to find image|exec |OCI runtime)/.test(
    line,
  )
}
