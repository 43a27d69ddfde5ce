import type { Place } from '../../domain/finding.ts'
import { synapseExtension } from '../../domain/variables.ts'
import { type Definition, isOfPlaybook } from '../../inventory/definition.ts'
import type { Host } from '../../inventory/inventory.ts'
import { withValues } from '../../inventory/jinja.ts'
import { ReadingProblem } from '../../inventory/read/problem.ts'
import { parseYaml } from '../../inventory/read/yaml-file.ts'
import { entryOf, type MapEntry, type Value } from '../../inventory/value.ts'
import type { FileReader } from '../../support/files/files.ts'
import { onceLately, oncePer } from '../kit/once-per.ts'
import type { HostContext } from '../kit/rule.ts'
import { sourceAt } from './source.ts'

/** A YAML document in the text of a variable. */
export interface Embedded {
  /** `undefined` if the text is empty or has only comments. */
  readonly document: Value | undefined
  /** Maps a place in the document to the file: its line in a literal block, otherwise the whole text. */
  readonly placeOf: (place: Place) => Place
}

type Reading = Embedded | { readonly broken: Place } | undefined

/**
 * Parses the YAML text of a variable; `broken` if it is not valid YAML. Jinja values in it are unknown;
 * `undefined` if the variable is not a string, or if Jinja may change more than values.
 */
export function embeddedYaml(host: Host, name: string, files: FileReader): Reading {
  const { definition } = host.variable(name)
  return definition && !isOfPlaybook(definition) ? embeddedIn(definition, files) : undefined
}

/** The same for one definition, even if it is overridden. */
export function embeddedIn(definition: Definition, files: FileReader): Reading {
  return readingsOf(files)(definition)
}

/** Cached, because several rules need it and hosts share definitions of groups. */
const readingsOf = oncePer((files: FileReader) =>
  onceLately((definition: Definition) => readDefinition(definition, files)),
)

function readDefinition(definition: Definition, files: FileReader): Reading {
  const { value, name } = definition
  const text = embeddedText(definition)
  if (text === undefined) return undefined
  const placeOf = (place: Place) => linesOf(value.place, sourceAt(files, value.place) ?? '')(place)
  try {
    return { document: parseYaml(name, text).value, placeOf }
  } catch (error) {
    if (!(error instanceof ReadingProblem)) throw error
    return value.kind === 'string' ? { broken: placeOf(error.finding.place ?? value.place) } : undefined
  }
}

/** The YAML text: plain, or with Jinja that produces values only, no lines. */
export function embeddedText({ value }: Definition): string | undefined {
  if (value.kind === 'string') return value.value
  const source = value.kind === 'unknown' ? value.source : undefined
  return source === undefined ? undefined : withValues(source)
}

/** Lines of a literal block (`|`) match lines of the document. */
function linesOf(whole: Place, source: string): (place: Place) => Place {
  if (!/^\|[-+]?\s*(?:#.*)?\r?\n/.test(source)) return () => whole
  const lines = source.split('\n')
  return ({ line }) => {
    const text = lines[line]
    if (text === undefined) return whole
    const column = text.length - text.trimStart().length + 1
    const at = whole.line + line
    return { file: whole.file, line: at, column, endLine: at, endColumn: text.trimEnd().length + 1 }
  }
}

export interface Asked {
  readonly host: Host
  readonly repository: { readonly files: FileReader }
}

/** The value at a path of an extension, with the place of its key. All places are in the file of the variable. */
export interface Extended {
  readonly value: Value
  readonly place: Place
}

/** The value at a path of an extension; `undefined` also if the extension is unknown. */
export function extendedAt(
  { host, repository }: Asked,
  extension: string,
  path: readonly string[],
): Extended | undefined {
  const definition = extensionOf(host, extension)
  return definition && extendedIn(definition, path, repository.files)
}

/** Whether an extension is known in full, or absent. */
export function isReadable({ host, repository }: Asked, extension: string): boolean {
  const { state } = host.variable(extension)
  const definition = extensionOf(host, extension)
  if (!definition) return state === 'absent' || state === 'known'
  if (definition.value.kind === 'map') return true
  const yaml = embeddedIn(definition, repository.files)
  return yaml !== undefined && !('broken' in yaml)
}

/** The definition of an extension: of the parsed mapping, which wins if it is set, or of the text. */
export function extensionOf(host: Host, extension: string): Definition | undefined {
  const parsed = host.variable(extension.replace(/_(?:yaml|json)$/, '')).definition
  const definition = parsed?.value.kind === 'map' ? parsed : host.variable(extension).definition
  return definition && isOfPlaybook(definition) ? undefined : definition
}

export function extendedIn(
  definition: Definition,
  path: readonly string[],
  files: FileReader,
): Extended | undefined {
  const { value, name } = definition
  if (value.kind === 'map' && !/_(?:yaml|json)$/.test(name)) {
    const entry = entryAt(value, path)
    return entry && { value: entry.value, place: entry.keyPlace }
  }
  // Skip parsing if the extension does not mention the key.
  if (!embeddedText(definition)?.includes(path[0] ?? '')) return undefined
  const yaml = embeddedIn(definition, files)
  if (!yaml || 'broken' in yaml || !yaml.document) return undefined
  const entry = entryAt(yaml.document, path)
  return entry && { value: moved(entry.value, yaml.placeOf), place: yaml.placeOf(entry.keyPlace) }
}

/** The value with the places of all its parts in the file of the variable. */
function moved(value: Value, placeOf: Embedded['placeOf']): Value {
  const place = placeOf(value.place)
  if (value.kind === 'list') return { ...value, place, items: value.items.map(item => moved(item, placeOf)) }
  if (value.kind !== 'map') return { ...value, place }
  const entries = value.entries.map(({ key, keyPlace, value: part }) => ({
    key,
    keyPlace: placeOf(keyPlace),
    value: moved(part, placeOf),
  }))
  return { ...value, place, entries }
}

/** The entry at a path of keys. */
export function entryAt(document: Value, [key = '', ...rest]: readonly string[]): MapEntry | undefined {
  const entry = entryOf(document, key)
  return entry && rest.length > 0 ? entryAt(entry.value, rest) : entry
}

/** The variable with YAML that is merged into `config.yaml` of MAS. */
export const extensionVariable = 'matrix_authentication_service_configuration_extension_yaml'
/** Variables with JSON that is merged into Element's `config.json` and the client well-known file. */
export const elementExtension = 'matrix_client_element_configuration_extension_json'
export const wellKnownExtension = 'matrix_static_files_file_matrix_client_configuration_extension_json'

/** Examples: a variable with a literal block of these lines. */
export const extension = (name: string, ...lines: readonly string[]) =>
  `${name}: |\n${lines.map(line => `  ${line}\n`).join('')}`
export const inMas = (...lines: readonly string[]) => extension(extensionVariable, ...lines)
export const inSynapse = (...lines: readonly string[]) => extension(synapseExtension, ...lines)

/**
 * The host with the vars of Synapse before the migration: its own vars while prepared, and the vars of the base in the
 * change that migrates. `undefined` in any other case.
 */
export function beforeMigration({ host, stage, base }: HostContext): HostContext['host'] | undefined {
  if (stage.stage === 'prepared') return host
  return stage.stage === 'live' && base?.stage.stage === 'prepared' ? base.host : undefined
}
