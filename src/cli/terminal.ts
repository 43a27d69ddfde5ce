import { delimiter } from 'node:path'
import type { Port } from '../actions/port.ts'
import { documentOf } from '../report/page.ts'
import { type Report, reportJson } from '../report/report.ts'
import { mapTexts, type Reword, rewordData, rewordDocument } from '../report/words.ts'
import { jsonText, logText } from '../support/escape.ts'
import { renderDocument } from './document.ts'
import { LiveSteps } from './live.ts'
import { type Screen, wrapped } from './screen.ts'
import { renderVerdict } from './verdict.ts'

/** A terminal: results on standard output, everything else on standard error. */
export interface Terminal extends Port {
  readonly screen: Screen
  /** Prints a result as JSON if the option `--json` is given, else as the text. */
  result(value: unknown, text: () => string): void
  /** Prints a message of the program itself to the log, within the width. Lines of other programs keep their form. */
  say(text: string): void
  /** The same data with every text escaped for a terminal, and messages in its words. */
  worded<T>(value: T): T
  /** Whether a result was printed. */
  readonly hasResult: boolean
  /** What was kept for the end of the command; empty where it is nothing. */
  kept(name: string): string
  close(): void
}

export interface TerminalOptions {
  readonly json: boolean
  /** In a terminal's words. */
  readonly reword: Reword
}

export function terminal(screen: Screen, { json, reword }: TerminalOptions): Terminal {
  const kept = new Map<string, string>()
  const live = new LiveSteps(screen)
  let hasResult = false
  const print = (text: string) => {
    hasResult = true
    live.close()
    screen.out(text)
  }
  const escaped = <T>(value: T) => mapTexts(rewordData(value, reword), logText)
  const shown = (report: Report) => {
    if (json) return reportJson(rewordData(report, reword))
    if (report.kind === 'validation') return `${renderVerdict(escaped(report.verdict), screen)}\n`
    return `${renderDocument(rewordDocument(documentOf(report), reword), screen)}\n`
  }
  return {
    screen,
    get hasResult() {
      return hasResult
    },
    log: text => live.log(logText(reword(text))),
    say: text =>
      live.log(screen.isLive ? wrapped(logText(reword(text)), screen.width) : logText(reword(text))),
    show: async report => print(shown(report)),
    result: (value, text) => print(json ? jsonText(rewordData(value, reword)) : `${text()}\n`),
    worded: escaped,
    reword,
    note: async () => undefined,
    setOutput: () => undefined,
    inGroup: (_, work) => work(),
    maskSecret: () => undefined,
    addToPath: folder => {
      process.env.PATH = `${folder}${delimiter}${process.env.PATH ?? ''}`
    },
    exportVariable: (name, value) => {
      process.env[name] = value
    },
    keepForCleanup: (name, value) => kept.set(name, value),
    kept: name => kept.get(name) ?? '',
    close: () => live.close(),
    ...(screen.isLive && { step: live.step }),
  }
}
