import { StringDecoder } from 'node:string_decoder'

/** Splits a stream of bytes into lines. A character that is split between chunks stays whole. */
export function lineSplitter(onLine: (line: string) => void): { write(chunk: Buffer): void; end(): void } {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  const take = (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line.endsWith('\r') ? line.slice(0, -1) : line)
  }
  return {
    write: chunk => take(decoder.write(chunk)),
    end: () => {
      take(decoder.end())
      if (rest !== '') onLine(rest)
      rest = ''
    },
  }
}

const saysError =
  /\b(?:error|fatal|failed|failure|denied|refused|cannot|can't|unable|could not|no such|not found|no space|timed out|invalid|panicked)\b/i
/** What programs print beside their error: Docker's and systemd's advice, and psql's context. */
const isAside =
  /^(?:see |run |try |usage:|for more information|hint:|context:|detail:|line \d+:|\^|is the server running|\S+: (?:hint|detail|context):)/i

/**
 * The line with the reason of a failure, in what a program printed: the last line of a Python traceback; otherwise the first line that
 * speaks of an error, or the last line. Empty if it printed nothing.
 */
export function failureLine(output: string): string {
  const lines = output
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '')
  if (lines.some(line => line.startsWith('Traceback (most recent call last)'))) return lines.at(-1) ?? ''
  const told = lines.filter(line => !isAside.test(line))
  return told.find(line => saysError.test(line)) ?? told.at(-1) ?? lines.at(-1) ?? ''
}

/** A reason as the end of a sentence, with its colon and full stop; only a full stop where it is empty. */
export function reasonAtEnd(reason: string): string {
  if (reason === '') return '.'
  return `: ${reason}${/[.!?]$/.test(reason) ? '' : '.'}`
}
