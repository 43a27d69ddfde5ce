import type { Value } from '../value.ts'
import { type Token, YamlError } from './cursor.ts'
import type { NodeReader } from './node-reader.ts'
import { coreTag, type Handles } from './properties.ts'

/**
 * Reads the only document of a text.
 *
 * @returns `undefined` if the text is empty.
 * @throws YamlError if PyYAML would reject it.
 * @throws SecondDocument if there are several.
 */
export function readDocument(reader: NodeReader): Value | undefined {
  const { scanner } = reader
  const handles = directives(reader)
  let first = scanner.peek()
  if (first.kind === 'end' && !handles.explicit) return undefined
  const marked = first.kind === 'document-start'
  if (marked) {
    scanner.take()
    first = scanner.peek()
  } else if (handles.explicit) throw new YamlError('a directive must be followed by `---`', first.start)
  const value =
    marked && endsDocument(first) ? reader.empty(first.start) : reader.node('block', handles.byName)
  requireEnd(reader)
  return value
}

/** The text contains a second document at this offset. */
export class SecondDocument extends Error {
  override readonly name = 'SecondDocument'
  readonly offset: number
  constructor(offset: number) {
    super('several documents')
    this.offset = offset
  }
}

function requireEnd({ scanner }: NodeReader): void {
  let ended = false
  while (scanner.peek().kind === 'document-end') {
    scanner.take()
    ended = true
  }
  const next = scanner.peek()
  if (next.kind === 'end') return
  if (next.kind === 'document-start' || next.kind === 'directive') throw new SecondDocument(next.start)
  const what = ended
    ? 'nothing may follow `...`'
    : 'the indentation does not match the lines above, or a quote ends too early'
  throw new YamlError(what, next.start)
}

function endsDocument({ kind }: Token): boolean {
  return ['directive', 'document-start', 'document-end', 'end'].includes(kind)
}

function directives({ scanner }: NodeReader): { explicit: boolean; byName: Handles } {
  const byName = new Map([
    ['!', '!'],
    ['!!', coreTag],
  ])
  const own = new Set<string>()
  let explicit = false
  for (let token = scanner.peek(); token.kind === 'directive'; token = scanner.peek()) {
    scanner.take()
    explicit = true
    const tag = /^%TAG[ \t]+(!(?:[\w-]*!)?)[ \t]+(\S+)$/.exec(token.text)
    const version = /^%YAML[ \t]+(\d+)\.(\d+)$/.exec(token.text)
    const name = tag?.[1] ?? '%YAML'
    const known = tag ? true : version?.[1] === '1' && (version[2] === '1' || version[2] === '2')
    if (!known || own.has(name)) throw new YamlError('a directive is malformed', token.start)
    own.add(name)
    if (tag) byName.set(name, tag[2] ?? '')
  }
  return { explicit, byName }
}
