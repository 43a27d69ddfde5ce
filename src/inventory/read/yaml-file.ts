import type { Finding } from '../../domain/finding.ts'
import type { Value } from '../value.ts'
import { YamlError } from '../yaml/cursor.ts'
import { readDocument, SecondDocument } from '../yaml/document.ts'
import { Lines } from '../yaml/located.ts'
import { NodeReader } from '../yaml/node-reader.ts'
import { ReadingProblem } from './problem.ts'

export interface YamlFile {
  /** The document; `undefined` if the file is empty. */
  readonly value: Value | undefined
  readonly problems: readonly Finding[]
  /** Number of values, with each alias counted as its target. */
  readonly parts: number
}

/**
 * Parses a file like PyYAML under Ansible, with places: see `docs/decisions/0210-own-yaml-reader.md`.
 *
 * @throws ReadingProblem if Ansible would stop. Its message quotes nothing, because the file may contain secrets.
 */
export function parseYaml(file: string, text: string): YamlFile {
  const lines = new Lines(file, text)
  const reader = new NodeReader(file, text, lines)
  try {
    const value = readDocument(reader)
    return { value, problems: reader.problems, parts: reader.parts }
  } catch (error) {
    if (error instanceof YamlError) {
      const place = lines.place(error.offset, error.offset)
      throw new ReadingProblem('inventory/yaml-syntax', error.message, place)
    }
    if (error instanceof SecondDocument) {
      const place = lines.place(error.offset, error.offset)
      throw new ReadingProblem(
        'inventory/several-documents',
        `${file} contains several YAML documents`,
        place,
      )
    }
    throw error
  }
}
