/** The files of an inventory after a change of its vars. Pure. */
import type { Place } from '../../domain/finding.ts'
import { applySuggestion } from '../../domain/suggestion.ts'
import { domainVariable } from '../../domain/variables.ts'
import type { Definition } from '../../inventory/definition.ts'
import type { Host, Inventory } from '../../inventory/inventory.ts'
import { removeVariable, replacePart } from '../../rules/kit/fix.ts'
import { type FileReader, textIn } from '../../support/files/files.ts'
import { overlaid } from '../../support/files/overlay.ts'
import { definitionsOf, isSame } from './definitions.ts'
import type { MovedSecret } from './secrets.ts'
import type { VarsChange } from './steps.ts'

/** Texts by the path of their file. */
export type Texts = ReadonlyMap<string, string>

/** Stands before a line that is removed: YAML has no such character. */
const mark = '\0'

const explanation = '# Until the migration, these variables keep the playbook from changing logins too early.'

/** As it would be after the change. Removed lines become comments, so that all lines keep their numbers. */
export function asIfChanged(
  files: FileReader,
  inventory: Inventory,
  change: VarsChange,
  moved: readonly MovedSecret[] = [],
): FileReader {
  const texts = markedTexts(files, inventory, change, () => true, moved)
  return overlaid(
    files,
    mapped(texts, text => text.replace(/^\0+/gm, '# ')),
  )
}

/** The change without the hosts whose own file is one of these. */
export function withoutHosts(
  change: VarsChange,
  files: FileReader,
  { folders }: Inventory,
  those: readonly string[],
): VarsChange {
  const hosts = change.hosts.filter(host => !those.includes(varsFile(files, folders[0] ?? '', host)))
  return { ...change, hosts }
}

/**
 * What the change writes. It leaves lines of a group that apply to a host outside of the change, too; added lines override those of
 * a group.
 */
export function changedTexts(
  files: FileReader,
  inventory: Inventory,
  change: VarsChange,
  moved: readonly MovedSecret[] = [],
): Texts {
  const others = inventory.hosts.filter(host => !change.hosts.includes(host))
  const isRemoved = (definition: Definition, isReplaced: boolean) => {
    if (definition.source === 'host_vars') return true
    return !(isReplaced || others.some(host => definitionsOf(host, definition.name).some(isSame(definition))))
  }
  const texts = markedTexts(files, inventory, change, isRemoved, moved)
  return mapped(texts, text => text.replace(/^\0[^\n]*\n?/gm, ''))
}

/** The lists refer to the new variables. All lines keep their numbers. */
function withoutSecrets(files: FileReader, moved: readonly MovedSecret[]): Map<string, string> {
  const texts = new Map<string, string>()
  // From the last to the first: a change moves what follows in its line.
  for (const { name, definition, value } of moved.toReversed()) {
    const suggestion = replacePart(definition, value, `"{{ ${name} }}"`)
    const { file } = value.place
    if (suggestion) texts.set(file, applySuggestion(texts.get(file) ?? textIn(files, file), suggestion))
  }
  return texts
}

function markedTexts(
  files: FileReader,
  { folders }: Inventory,
  { hosts, added, removed, explained }: VarsChange,
  isRemoved: (definition: Definition, isReplaced: boolean) => boolean,
  moved: readonly MovedSecret[],
): Texts {
  const texts = withoutSecrets(files, moved)
  const additions = new Map<string, string[]>()
  const add = (file: string, lines: readonly string[]) =>
    additions.set(file, [...(additions.get(file) ?? []), ...lines])
  const textOf = (file: string) => texts.get(file) ?? textIn(files, file)
  // Before the comment, which is about variables that the migrate pull request removes.
  for (const { name, definition, source } of moved) add(definition.namePlace.file, [`${name}: ${source}`])
  for (const host of hosts) {
    const vars = added(host)
    for (const name of new Set([...removed(host), ...Object.keys(vars)])) {
      const ended = definitionsOf(host, name).filter(each => isRemoved(each, name in vars))
      for (const place of ended.flatMap(each => removeVariable(each)?.place ?? []))
        texts.set(place.file, marked(textOf(place.file), place))
    }
    const file = varsFile(files, folders[0] ?? '', host)
    const first = Object.keys(vars).find(name => explained.includes(name))
    const linesFor = ([name, value]: [string, string]) => [
      ...(name === first ? [explanation] : []),
      `${name}: ${value}`,
    ]
    add(file, Object.entries(vars).flatMap(linesFor))
  }
  for (const [file, lines] of additions) if (lines.length > 0) texts.set(file, appended(textOf(file), lines))
  return texts
}

/** What is before the line that ends a document, where a file has one. */
export function beforeEnd(text: string): string {
  return text.slice(0, /^\.\.\.\s*$/m.exec(text)?.index)
}

function appended(text: string, lines: readonly string[]): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n'
  const added = lines.map(line => `${line}${end}`).join('')
  if (text === '') return added
  const whole = text.endsWith('\n') ? text : `${text}${end}`
  const before = beforeEnd(whole)
  const isApart = /(?:^|\n)\r?\n$/.test(before)
  return `${before}${isApart ? '' : end}${added}${whole.slice(before.length)}`
}

/** With the comment that the program wrote above it. */
function marked(text: string, { line, endLine = line }: Place): string {
  const lines = text.split('\n')
  const first = lines[line - 2]?.trimEnd() === explanation ? line - 2 : line - 1
  const isRemoved = (index: number) => index >= first && index < endLine - 1
  return lines.map((each, index) => (isRemoved(index) ? `${mark}${each}` : each)).join('\n')
}

function mapped(texts: Texts, change: (text: string) => string): Texts {
  return new Map([...texts].map(([path, text]) => [path, change(text)]))
}

/** Ansible reads a folder with the name of the host, or else a file with it. */
function varsFile(files: FileReader, folder: string, host: Host): string {
  const base = `${folder === '' ? '' : `${folder}/`}host_vars/${host.name}`
  if (files.entry(base).kind === 'directory') {
    const usual = host.variable(domainVariable).definition
    return usual?.namePlace.file.startsWith(`${base}/`) && !usual.isSealed
      ? usual.namePlace.file
      : `${base}/matrix-authentication-service.yml`
  }
  const found = ['', '.yml', '.yaml', '.json']
    .map(end => `${base}${end}`)
    .find(path => files.entry(path).kind === 'file')
  return found ?? `${base}.yml`
}
