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

/** The last line of what a program printed, mostly the reason of its failure. */
export function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) ?? ''
}
