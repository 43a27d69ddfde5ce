import type { Place, Suggestion } from '../../domain/finding.ts'
import type { Definition } from '../../inventory/definition.ts'
import type { MapEntry, Value } from '../../inventory/value.ts'
import type { FileReader } from '../../support/files/files.ts'
import { fileText } from '../facts/source.ts'

/**
 * Whether a line of a definition can be changed safely: it is in a YAML file of variables that belongs to the
 * inventory. INI has other types for the same text, JSON needs quotes, SOPS signs its files, and the playbook's are not the operator's.
 */
function isPlain({ source, namePlace, inExtension, isSealed }: Definition): boolean {
  if (inExtension !== undefined || isSealed) return false
  return (source === 'host_vars' || source === 'group_vars') && !namePlace.file.endsWith('.json')
}

/** Whether the definition begins its line, as entries of a mapping in block style do. */
function beginsItsLine(definition: Definition): boolean {
  return isPlain(definition) && definition.namePlace.column === 1
}

/** Replaces the value of a variable with another one, written as YAML on one line. */
export function replaceValue(definition: Definition | undefined, text: string): Suggestion | undefined {
  return definition && isPlain(definition) ? replacePart(definition, definition.value, text) : undefined
}

/** Replaces a part of a variable's value, such as an entry of a mapping. */
export function replacePart(
  definition: Definition,
  { place, kind }: Value,
  text: string,
): Suggestion | undefined {
  if (!isPlain(definition) || place.line !== place.endLine) return undefined
  const isEmpty = kind === 'null' && place.column === place.endColumn
  return { place, text: isEmpty ? ` ${text}` : text }
}

/**
 * Changes one end of a string on one line, without repeating the string: findings hold no values.
 *
 * @param edit Inserts `before` at the start, or replaces the last `drop` characters with `after`.
 */
export function editText(
  definition: Definition,
  value: Value,
  edit: { readonly before: string } | { readonly drop: number; readonly after: string },
): Suggestion | undefined {
  const { file, line, column, endLine, endColumn = column } = value.place
  if (value.kind !== 'string' || !isPlain(definition) || line !== endLine) return undefined
  const quote = (endColumn - column - value.value.length) / 2
  if (quote !== 0 && quote !== 1) return undefined
  const [start, end] = [column + quote, endColumn - quote]
  const between = (from: number, to: number) => ({ file, line, column: from, endLine: line, endColumn: to })
  return 'before' in edit
    ? { place: between(start, start), text: edit.before }
    : { place: between(end - edit.drop, end), text: edit.after }
}

/**
 * Replaces a text that says yes with the plain boolean. A text that says no stays: most of the playbook takes each text for true, so
 * `false` would change what it does.
 */
export function asTrue(definition: Definition | undefined): Suggestion | undefined {
  return isText(definition, /^(?:true|yes|on)$/i) ? replaceValue(definition, 'true') : undefined
}

/** The same for a text that says no, of a switch that nothing works with but a plain one. */
export function asFalse(definition: Definition | undefined): Suggestion | undefined {
  return isText(definition, /^(?:false|no|off)$/i) ? replaceValue(definition, 'false') : undefined
}

function isText(definition: Definition | undefined, pattern: RegExp): boolean {
  return definition?.value.kind === 'string' && pattern.test(definition.value.value)
}

/** Adds a line to a mapping in block style, before a key that starts a line. */
export function lineInto(definition: Definition, map: Value, line: string): Suggestion | undefined {
  const entries: readonly MapEntry[] = map.kind === 'map' ? map.entries : []
  const [first, ...others] = entries.map(({ keyPlace }) => keyPlace)
  const next = others.find(place => place.column === first?.column && place.line > first.line)
  if (!next || !isPlain(definition) || next.file !== definition.namePlace.file) return undefined
  return { place: startOfLine(next), text: `${' '.repeat(next.column - 1)}${line}\n` }
}

/**
 * Adds items to the end of a list in block style, or to an empty one.
 *
 * @param items YAML of a list, at the left margin. @param text The file that holds the list.
 */
export function itemsInto(definition: Definition, items: string, text: string): Suggestion | undefined {
  const { value } = definition
  if (value.kind !== 'list' || !isPlain(definition) || value.place.file !== definition.namePlace.file)
    return undefined
  const lines = text.split('\n')
  const first = value.items[0]?.place.line
  if (first === undefined) return replacePart(definition, value, `\n${indented(items, '  ').trimEnd()}`)
  const [, indentation] = /^([ ]*)- /.exec(lines[first - 1] ?? '') ?? []
  if (indentation === undefined) return undefined
  const { file, endLine = first, endColumn = 1 } = value.place
  const next = endColumn === 1 ? endLine : endLine + 1
  return insertion(file, next, indented(items, indentation), lines)
}

/** @param line Lines are inserted before it, or at the end of the file. */
function insertion(file: string, line: number, added: string, lines: readonly string[]): Suggestion {
  if (line <= lines.length) return { place: startOfLine({ file, line, column: 1 }), text: added }
  const end = { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
  return {
    place: { file, ...end, endLine: end.line, endColumn: end.column },
    text: `\n${added.trimEnd()}`,
  }
}

export function indented(text: string, indentation: string): string {
  return text.replace(/^(?=[^\n])/gm, indentation)
}

export function renameVariable(definition: Definition, name: string): Suggestion | undefined {
  return isPlain(definition) ? { place: definition.namePlace, text: name } : undefined
}

/** Removes the whole lines of a variable, including trailing comments. */
export function removeVariable(definition: Definition | undefined): Suggestion | undefined {
  if (!definition || !beginsItsLine(definition)) return undefined
  const { file, line } = definition.namePlace
  return { place: { file, line, column: 1, endLine: lineAfter(definition), endColumn: 1 }, text: '' }
}

/** The first line after a variable and its trailing comments. */
function lineAfter({ namePlace, value: { place } }: Definition): number {
  const { line, column, endLine = line, endColumn = column } = place
  return endColumn === 1 && endLine > namePlace.line ? endLine : endLine + 1
}

/** Before a variable, and before the comment about it. */
export function linesBefore(
  definition: Definition | undefined,
  added: readonly string[],
  files: FileReader,
): Suggestion | undefined {
  if (!definition || !beginsItsLine(definition)) return undefined
  const { file, line: own } = definition.namePlace
  const lines = fileText(files, file)?.split('\n') ?? []
  let line = own
  while (lines[line - 2]?.startsWith('#')) line--
  return { place: startOfLine({ file, line, column: 1 }), text: added.map(each => `${each}\n`).join('') }
}

/**
 * After a variable, but before the comments at the left margin that follow it: they are about the next one.
 *
 * @param text The file that holds the variable.
 */
export function linesAfter(definition: Definition, added: string, text: string): Suggestion | undefined {
  if (!beginsItsLine(definition)) return undefined
  const lines = text.split('\n')
  let next = lineAfter(definition)
  while (next - 1 > definition.namePlace.line && lines[next - 2]?.startsWith('#')) next--
  return insertion(definition.namePlace.file, next, added, lines)
}

function startOfLine({ file, line }: Place): Place {
  return { file, line, column: 1, endLine: line, endColumn: 1 }
}
