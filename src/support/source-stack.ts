import { existsSync, readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { fileURLToPath } from 'node:url'

const frame = /(file:\/\/[^\s)]+|\/[^\s):]+):(\d+):(\d+)/g

/**
 * A stack that names source files where the built ones have their maps beside them. Done when a bug is told of, since Node's
 * own way reads all maps at every start.
 */
export function sourceStack(stack: string): string {
  return stack.replace(frame, (whole, file: string, line: string, column: string) => {
    const map = `${file.startsWith('file:') ? fileURLToPath(file) : file}.map`
    if (!existsSync(map)) return whole
    const entry = new SourceMap(JSON.parse(readFileSync(map, 'utf8'))).findEntry(
      Number(line) - 1,
      Number(column) - 1,
    )
    if (!('originalSource' in entry)) return whole
    return `${entry.originalSource}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
  })
}
