/**
 * Both of the runner's parsers of workflow commands (actions/runner, `src/Runner.Common/ActionCommand.cs`), in our own words:
 * the newer one expects `::name key=value,…::data` at the start of a line, after optional blanks; the older one
 * finds `##[name key=value;…]data` anywhere in it. The runner asks the newer first.
 */

export interface Command {
  readonly command: string
  readonly properties: Readonly<Record<string, string>>
  readonly message: string
}

/** The commands that a runner knows (`ActionCommandManager.cs`); case does not matter. */
const registered = new Set(
  'stop-commands set-env set-output save-state add-mask add-path add-matcher remove-matcher warning error notice debug group endgroup echo internal-set-repo-path'.split(
    ' ',
  ),
)

/** `any`: every name, for a test that no line may be a command; a stopped runner has its own name for the command that resumes it. */
export type Names = 'registered' | 'any'

function isCommand(name: string, names: Names): boolean {
  return names === 'any' ? name !== '' : registered.has(name.toLowerCase())
}

function decode(text: string, pairs: readonly (readonly [escaped: string, plain: string])[]): string {
  return pairs.reduce((result, [escaped, plain]) => result.replaceAll(escaped, plain), text)
}

const newlines = [
  ['%0D', '\r'],
  ['%0A', '\n'],
] as const
const percent = ['%25', '%'] as const
const unescapeData = (text: string) => decode(text, [...newlines, percent])
const unescapeProperty = (text: string) => decode(text, [...newlines, ['%3A', ':'], ['%2C', ','], percent])
const unescapeOld = (text: string) => decode(text, [['%3B', ';'], ...newlines, ['%5D', ']'], percent])

/** A property without `=`, or with nothing on one side of it, is dropped; of several `=` the first counts. */
function propertiesOf(text: string, separator: string, read: (value: string) => string) {
  const pairs = text.split(separator).flatMap(pair => {
    const parts = pair.replace(/^=+/, '').match(/^([^=]+)=+(.+)$/s)
    return parts ? [[parts[1] ?? '', read(parts[2] ?? '')] as const] : []
  })
  return Object.fromEntries(pairs)
}

/** .NET's `TrimStart`: what Unicode calls white space, U+0085 among it and U+FEFF not. */
const leadingBlanks = /^[\p{White_Space}]+/u

/** The newer parser. */
export function parseNew(line: string, names: Names = 'registered'): Command | undefined {
  const text = line.replace(leadingBlanks, '')
  if (!text.startsWith('::')) return undefined
  const end = text.indexOf('::', 2)
  if (end < 0) return undefined
  const [name = '', ...rest] = text.slice(2, end).split(' ')
  if (!isCommand(name, names)) return undefined
  return {
    command: name,
    properties: propertiesOf(rest.join(' ').trim(), ',', unescapeProperty),
    message: unescapeData(text.slice(end + 2)),
  }
}

/** The older parser. */
export function parseOld(line: string, names: Names = 'registered'): Command | undefined {
  const start = line.indexOf('##[')
  if (start < 0) return undefined
  const end = line.indexOf(']', start)
  if (end < 0) return undefined
  const [name = '', ...rest] = line.slice(start + 3, end).split(' ')
  if (!isCommand(name, names)) return undefined
  return {
    command: name,
    properties: propertiesOf(rest.join(' '), ';', unescapeOld),
    message: unescapeOld(line.slice(end + 1)),
  }
}

/** What the runner does with a line: the command that it carries out, if it is one. */
export function parseCommand(line: string): Command | undefined {
  return parseNew(line) ?? parseOld(line)
}

/** A step's output as the runner splits it into lines. */
export function runnerLines(output: string): string[] {
  return output.split(/\r\n|\n|\r/)
}

/**
 * The lines of an output that could be a command under any name, by either parser. The runner searches with the rules of
 * its culture, which skip characters that are not seen, so each line is tried without them, too.
 */
export function commandLines(output: string): string[] {
  return runnerLines(output).filter(line => {
    const seen = line.replace(/\p{Default_Ignorable_Code_Point}|\p{Cc}/gu, '')
    return [line, seen].some(text => parseNew(text, 'any') ?? parseOld(text, 'any'))
  })
}

/** What a step wrote to `GITHUB_OUTPUT`: `name=value` and `name<<END` blocks. */
export function parseOutputFile(text: string): Record<string, string> {
  const outputs: Record<string, string> = {}
  const lines = text.split('\n')
  while (lines.length > 0) {
    const line = lines.shift() ?? ''
    const block = /^([^=]+?)<<(.+)$/.exec(line)
    if (block) {
      const [, name = '', end = ''] = block
      const value: string[] = []
      for (let next = lines.shift(); next !== undefined && next !== end; next = lines.shift())
        value.push(next)
      outputs[name] = value.join('\n')
    } else if (line.includes('='))
      outputs[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1)
  }
  return outputs
}
