/** What a runner reads of a step: commands in its log, and its files. */

export interface Command {
  readonly command: string
  readonly properties: Readonly<Record<string, string>>
  readonly message: string
}

const unescapeData = (text: string) =>
  text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
const unescapeProperty = (text: string) => unescapeData(text.replaceAll('%3A', ':').replaceAll('%2C', ','))

/** A line's workflow command as the runner's newer parser reads it, or undefined. Source: actions/runner, ActionCommand.cs. */
export function parseCommand(line: string): Command | undefined {
  const match = /^::([^\s:]+)(?: ([^:]*(?::[^:]+)*?))?::(.*)$/s.exec(line.trimStart())
  if (!match) return undefined
  const [, command = '', properties = '', message = ''] = match
  const pairs = properties
    .split(',')
    .map(pair => pair.split('='))
    .filter(pair => pair.length === 2)
    .map(([name = '', value = '']) => [name.trim(), unescapeProperty(value)] as const)
  return { command, properties: Object.fromEntries(pairs), message: unescapeData(message) }
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
