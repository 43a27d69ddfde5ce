import { type ErrorCode, LineCounter, type ParsedNode, parseAllDocuments } from 'yaml'
import type { Finding, Place } from '../domain/finding.ts'
import { limits } from './limits.ts'
import { problem, ReadingProblem } from './problem.ts'
import { startOf } from './source-text.ts'
import type { Value } from './value.ts'
import { YamlValues } from './yaml-values.ts'

/** The parser's own messages may quote the file, and a file may hold secrets: these do not. */
const messages: Partial<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'an alias cannot have a tag or an anchor',
  BAD_ALIAS: 'an alias names an anchor that is not set before it',
  BAD_COLLECTION_TYPE: 'a tag does not fit what follows it',
  BAD_DIRECTIVE: 'a directive is malformed',
  BAD_DQ_ESCAPE: 'a double-quoted text has an unknown escape: write it in single quotes',
  BAD_INDENT: 'the indentation does not fit the lines before',
  BAD_SCALAR_START: 'a plain text cannot begin with this character: put it into quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a second `key:` on one line: put the value into quotes',
  BLOCK_IN_FLOW: 'a block inside brackets',
  MISSING_CHAR: 'a closing quote, bracket, comma, colon or blank is missing',
  MULTILINE_IMPLICIT_KEY: 'a key runs over several lines: a colon or quote may be missing',
  TAB_AS_INDENT: 'a tab is used for indentation: use blanks',
  UNEXPECTED_TOKEN: 'something unexpected stands here',
}

export interface YamlFile {
  /** The document; `undefined` where the file is empty. */
  readonly value: Value | undefined
  readonly problems: readonly Finding[]
}

/**
 * Parses a file as PyYAML would under Ansible, with places.
 *
 * @throws ReadingProblem where Ansible would stop at it.
 */
export function parseYaml(file: string, text: string): YamlFile {
  const lines = new LineCounter()
  const place = (start: number, end: number): Place => {
    const from = lines.linePos(start)
    const to = lines.linePos(end)
    return {
      file,
      line: from.line || 1,
      column: from.col || 1,
      endLine: to.line || 1,
      endColumn: to.col || 1,
    }
  }
  const documents = parseDocuments(file, text, lines)
  const [first, second] = documents
  for (const document of documents) {
    const [error] = document.errors
    if (!error) continue
    if (error.code === 'RESOURCE_EXHAUSTION') throw tooDeep(file, place(...error.pos))
    const message = messages[error.code] ?? 'the YAML is malformed'
    throw new ReadingProblem(problem('inventory/yaml-syntax', `${file}: ${message}`, place(...error.pos)))
  }
  if (second) {
    const at = place(second.range[0], second.range[0])
    throw new ReadingProblem(
      problem('inventory/several-documents', `${file} holds several YAML documents`, at),
    )
  }
  if (!first?.contents) return { value: undefined, problems: [] }
  const values = new YamlValues(file, text, place)
  return { value: values.convert(first.contents), problems: values.problems }
}

function parseDocuments(file: string, text: string, lineCounter: LineCounter) {
  try {
    const documents = parseAllDocuments<ParsedNode>(text, {
      lineCounter,
      schema: 'failsafe',
      version: '1.1',
      merge: false,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
    })
    return 'empty' in documents ? [] : documents
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw tooDeep(file, startOf(file))
  }
}

function tooDeep(file: string, place: Place): ReadingProblem {
  return new ReadingProblem(
    problem('inventory/limit', `${file} is nested more than ${limits.depth} levels deep`, place),
  )
}
