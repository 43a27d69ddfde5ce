import type { WriteStream } from 'node:tty'
import { stripVTControlCharacters, styleText } from 'node:util'
import { codeOf } from '../support/files/reading.ts'
import { programName } from './words.ts'

type Style = Parameters<typeof styleText>[0]

/** Where the program prints. */
export interface Screen {
  /** Prints results. */
  readonly out: (text: string) => void
  /** Prints the log, questions and errors. */
  readonly err: (text: string) => void
  /** Columns. */
  readonly width: number
  /** Whether results are for a person at a terminal: grouped and wrapped. */
  readonly isTerminal: boolean
  /** Whether a line of the log can be replaced, and a person can be asked. */
  readonly isLive: boolean
  /** How a person starts the program here: what npx runs is not on their PATH. */
  readonly call: string
  /** Colours a text of standard output, or standard error, where colours are shown. */
  readonly paint: (style: Style, text: string) => string
  readonly paintErr: (style: Style, text: string) => string
}

/** The process's own terminal. Node reads NO_COLOR, FORCE_COLOR and TERM. */
export function processScreen(): Screen {
  const { stdout, stderr, stdin } = process
  for (const stream of [stdout, stderr]) stream.on('error', reportUnwritable)
  const painting = (stream: WriteStream) => (style: Style, text: string) =>
    stream.isTTY && stream.hasColors() ? styleText(style, text, { validateStream: false }) : text
  return {
    out: text => stdout.write(text),
    err: text => stderr.write(text),
    width: Math.min(stdout.columns || 80, 100),
    isTerminal: stdout.isTTY === true,
    isLive: stderr.isTTY === true && stdin.isTTY === true,
    call: callOf(process.env),
    paint: painting(stdout),
    paintErr: painting(stderr),
  }
}

/** npx sets these two variables for what it runs; `npm run` sets others. */
export function callOf(environment: Readonly<Record<string, string | undefined>>): string {
  const isNpx = environment.npm_command === 'exec' && environment.npm_lifecycle_event === 'npx'
  return isNpx ? `npx ${programName}` : programName
}

/** A reader that stops early, such as `head`, stops no command: it may be a migration. */
function reportUnwritable(error: Error): void {
  const code = codeOf(error)
  if (code === 'EPIPE') return
  process.stderr.write(`Error: The output cannot be written (${code ?? error.message}).\n`)
  process.once('exit', () => {
    process.exitCode ||= 1
  })
}

/**
 * Text in lines of at most `width` columns, each with an indentation. Newlines stay; longer words get a line of their own. A command
 * between backticks counts as a word, so that it can be copied.
 */
export function wrapped(text: string, width: number, indentation = ''): string {
  const most = Math.max(20, width - indentation.length)
  return text
    .split('\n')
    .flatMap(paragraph => {
      const lines = ['']
      for (const word of wordsOf(paragraph)) {
        const line = lines.at(-1) ?? ''
        if (line === '' || columns(line) + 1 + columns(word) <= most)
          lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
        else lines.push(word)
      }
      return lines
    })
    .map(line => `${indentation}${line}`.trimEnd())
    .join('\n')
}

function wordsOf(text: string): readonly string[] {
  const joined = text.replace(/`[^`]+`/g, code => code.replaceAll(' ', '\0'))
  return joined.split(' ').map(word => word.replaceAll('\0', ' '))
}

/** How wide a text is, without its colours. */
function columns(text: string): number {
  return stripVTControlCharacters(text).length
}
