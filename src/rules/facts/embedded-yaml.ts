import type { Place } from '../../domain/finding.ts'
import type { Definition } from '../../inventory/definition.ts'
import type { Host } from '../../inventory/inventory.ts'
import { ReadingProblem } from '../../inventory/read/problem.ts'
import { parseYaml } from '../../inventory/read/yaml-file.ts'
import type { Value } from '../../inventory/value.ts'
import type { FileReader } from '../../support/files/files.ts'
import { onceLately, oncePer } from '../kit/once-per.ts'
import { sourceAt } from './source.ts'

/** A YAML document in the text of a variable. */
export interface Embedded {
  readonly definition: Definition
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
  return definition && !definition.source.startsWith('playbook_') ? embeddedIn(definition, files) : undefined
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
    return { definition, document: parseYaml(name, text).value, placeOf }
  } catch (error) {
    if (!(error instanceof ReadingProblem)) throw error
    return value.kind === 'string' ? { broken: placeOf(error.finding.place ?? value.place) } : undefined
  }
}

/** The YAML text: plain, or with Jinja that produces values only, no lines. */
export function embeddedText({ value }: Definition): string | undefined {
  if (value.kind === 'string') return value.value
  const source = value.kind === 'unknown' ? value.source : undefined
  return source === undefined || /\{[%#]|^#jinja2:/.test(source) ? undefined : source
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
