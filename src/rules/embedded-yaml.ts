import type { Place } from '../domain/finding.ts'
import type { Definition } from '../inventory/definition.ts'
import type { Host } from '../inventory/inventory.ts'
import { ReadingProblem } from '../inventory/problem.ts'
import type { Value } from '../inventory/value.ts'
import { parseYaml } from '../inventory/yaml-file.ts'
import type { FileReader } from '../support/files.ts'
import { sourceAt } from './source.ts'
import { plainText } from './values.ts'

/** A YAML document that stands as text in a variable. */
export interface Embedded {
  readonly definition: Definition
  /** `undefined` where the text is empty or only comments. */
  readonly document: Value | undefined
  /** Where a place of the document is in the file: its line, where the text is a literal block, else the whole text. */
  readonly placeOf: (place: Place) => Place
}

/** What a variable that holds YAML as text says; `undefined` where it is no plain text, `broken` where it is no YAML. */
export function embeddedYaml(
  host: Host,
  name: string,
  files: FileReader,
): Embedded | { readonly broken: Place } | undefined {
  const found = plainText(host, name)
  if (!found || found.definition.source.startsWith('playbook_')) return undefined
  const { definition, value, text } = found
  const placeOf = linesOf(value.place, sourceAt(files, value.place) ?? '')
  try {
    return { definition, document: parseYaml(name, text).value, placeOf }
  } catch (error) {
    if (!(error instanceof ReadingProblem)) throw error
    return { broken: placeOf(error.finding.place ?? value.place) }
  }
}

/** Lines of a literal block (`|`) are lines of the document. */
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
