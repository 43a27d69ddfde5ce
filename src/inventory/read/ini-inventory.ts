import type { Place } from '../../domain/finding.ts'
import { hostPattern } from './host-pattern.ts'
import { define, type Group, type Members, portDefinition } from './members.ts'
import { ReadingProblem, syntaxProblem } from './problem.ts'
import { pythonValue } from './python-literal.ts'
import { shellWords, type Word } from './shell-words.ts'

const section = /^\[([^:\]\s]+)(?::(\w+))?\]\s*(?:#.*)?$/
const groupName = /^([^:\]\s]+)\s*(?:#.*)?$/

/**
 * Adds the groups and hosts of an INI inventory. Lines, comments and quotes follow Ansible's `ini` plugin
 * (`plugins/inventory/ini.py` of ansible-core).
 *
 * @throws ReadingProblem at the first line that Ansible rejects.
 */
export function readIniInventory(members: Members, file: string, text: string): void {
  const reader = new IniReader(members, file)
  for (const [index, line] of text.split(/\r\n|[\n\r\x85\u2028\u2029]/).entries())
    reader.line(line, index + 1)
  reader.finish()
}

class IniReader {
  private readonly members: Members
  private readonly file: string
  private group: Group
  private state: 'hosts' | 'children' | 'vars' = 'hosts'
  /** Groups without a section so far, with the place that names them. */
  private readonly pending = new Map<string, Place>()
  private readonly declared = new Set<string>(['all', 'ungrouped'])

  constructor(members: Members, file: string) {
    this.members = members
    this.file = file
    this.group = members.group('ungrouped', this.place(1, 0, 0))
    for (const name of members.groups.keys()) this.declared.add(name)
  }

  line(whole: string, number: number): void {
    const line = whole.trim()
    if (line === '' || line.startsWith('#') || line.startsWith(';')) return
    const offset = whole.length - whole.trimStart().length
    const place = this.place(number, offset, offset + line.length)
    const header = section.exec(line)
    if (header) this.section(header[1] ?? '', header[2] ?? 'hosts', place)
    else if (line.startsWith('[') && line.endsWith(']'))
      throw syntaxProblem('a section must have the form `[group]`, without spaces', place)
    else if (this.state === 'hosts') this.host(line, number, offset)
    else if (this.state === 'vars') this.variable(line, number, offset)
    else this.child(line, place)
  }

  finish(): void {
    for (const [name, place] of this.pending) {
      if (!this.declared.has(name))
        throw new ReadingProblem('inventory/undefined-group', `the group \`${name}\` is not declared`, place)
    }
  }

  private section(name: string, state: string, place: Place): void {
    if (state !== 'hosts' && state !== 'children' && state !== 'vars') {
      throw syntaxProblem('a section name may only end in `:children` or `:vars`', place)
    }
    if (state === 'vars') this.pending.set(name, this.pending.get(name) ?? place)
    else this.declared.add(name)
    this.state = state
    this.group = this.members.group(name, place)
  }

  private child(line: string, place: Place): void {
    const name = groupName.exec(line)?.[1]
    if (name === undefined)
      throw syntaxProblem('each line of a `:children` section must be the name of a group', place)
    this.pending.set(name, this.pending.get(name) ?? place)
    this.members.group(name, place)
    this.group.children.add(name)
  }

  private host(line: string, number: number, offset: number): void {
    const words = shellWords(line)
    const [first, ...assignments] = words ?? []
    const whole = this.place(number, offset, offset + line.length)
    if (!first) throw syntaxProblem('a quote is not closed', whole)
    const at = (start: number, end: number) => this.place(number, offset + start, offset + end)
    const hostPlace = at(first.start, first.end)
    const { names, port } = hostPattern(first.text, hostPlace)
    const definitions = port === undefined ? [] : [portDefinition(port, hostPlace)]
    for (const word of assignments) {
      const { key, keyPlace, text, valuePlace } = splitAssignment(word, line, at)
      const value = pythonValue(text, valuePlace)
      definitions.push({ name: key, namePlace: keyPlace, value, source: 'inventory' })
    }
    for (const name of names) {
      const host = this.members.host(name, this.group, hostPlace)
      for (const definition of definitions) define(this.members, host, definition)
    }
  }

  private variable(line: string, number: number, offset: number): void {
    const equals = line.indexOf('=')
    if (equals < 0)
      throw syntaxProblem(
        'each line of a `:vars` section must have the form `name=value`',
        this.place(number, offset, offset + line.length),
      )
    const name = line.slice(0, equals).trimEnd()
    const text = line.slice(equals + 1).trimStart()
    const start = offset + line.length - text.length
    const value = pythonValue(text, this.place(number, start, offset + line.length))
    const namePlace = this.place(number, offset, offset + name.length)
    define(this.members, this.group, { name, namePlace, value, source: 'inventory', group: this.group.name })
  }

  private place(line: number, start: number, end: number): Place {
    return { file: this.file, line, column: start + 1, endLine: line, endColumn: end + 1 }
  }
}

/** The places of name and value. If quotes hide the `=`, the place of the value is the whole word. */
function splitAssignment(word: Word, line: string, at: (start: number, end: number) => Place) {
  const equals = word.text.indexOf('=')
  if (equals < 0)
    throw syntaxProblem('only `name=value` pairs may follow a host name', at(word.start, word.end))
  const key = word.text.slice(0, equals)
  const source = line.slice(word.start, word.end)
  const plain = source.startsWith(`${key}=`)
  const keyEnd = plain ? word.start + key.length : word.end
  const valueStart = plain ? keyEnd + 1 : word.start
  return {
    key,
    keyPlace: at(word.start, keyEnd),
    text: word.text.slice(equals + 1),
    valuePlace: at(valueStart, word.end),
  }
}
