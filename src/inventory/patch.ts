import type { FileReader } from '../support/files/files.ts'
import type { Definition } from './definition.ts'
import type { Host } from './inventory.ts'

interface Edit {
  readonly file: string
  /** Of the line that is replaced, or before which the text is added. */
  readonly line: number
  readonly removed: readonly string[]
  readonly added: readonly string[]
}

/**
 * A patch for `git apply --unidiff-zero` that sets variables of one host to `true` or `false`. It has no lines of context: these may
 * hold secrets. Variables that the host does not have by itself are added before the variable `anchor`, which it has.
 *
 * @returns undefined where the lines cannot be changed safely, such as in INI.
 */
export function switchPatch(
  host: Host,
  switches: Readonly<Record<string, boolean>>,
  anchor: string,
  files: FileReader,
): string | undefined {
  const first = host.variable(anchor).definition
  if (first === undefined) return undefined
  const edits = new Map<string, Edit>()
  for (const [name, value] of Object.entries(switches)) {
    const { definition } = host.variable(name)
    if (definition?.value.kind === 'boolean' && definition.value.value === value) continue
    const isReplaced = definition !== undefined && definition.group === undefined
    const target = isReplaced ? definition : first
    const text = lineOf(target, files)
    if (text === undefined) return undefined
    const { file, line } = target.namePlace
    const key = `${file}\n${line}`
    const { removed = [], added = [] } = edits.get(key) ?? {}
    edits.set(key, {
      file,
      line,
      removed: isReplaced ? [text] : removed,
      added: [...added, `${name}: ${value}`],
    })
  }
  return patchOf([...edits.values()])
}

/** The whole line of a definition, if it has one to itself in a file that git can patch as text. */
function lineOf({ source, namePlace, value }: Definition, files: FileReader): string | undefined {
  const { file, line, column } = namePlace
  const isPlain = source === 'host_vars' && /^[\w.@/+-]+(?<!\.json)$/.test(file)
  if (!isPlain || column !== 1 || value.place.line !== line || (value.place.endLine ?? line) !== line)
    return undefined
  const text = new TextDecoder().decode(files.read(file))
  const lines = text.split('\n')
  return text.includes('\r') || line >= lines.length ? undefined : lines[line - 1]
}

function patchOf(edits: readonly Edit[]): string | undefined {
  const byFile = Map.groupBy(
    edits.toSorted((a, b) => a.line - b.line),
    ({ file }) => file,
  )
  const parts = [...byFile].flatMap(([file, own]) => [`--- a/${file}`, `+++ b/${file}`, ...hunks(own)])
  return parts.length === 0 ? undefined : parts.join('\n')
}

function hunks(edits: readonly Edit[]): string[] {
  let shift = 0
  return edits.flatMap(({ line, removed, added }) => {
    const before = removed.length === 0 ? line - 1 : line
    const head = `@@ -${before},${removed.length} +${line + shift},${added.length} @@`
    shift += added.length - removed.length
    return [head, ...removed.map(text => `-${text}`), ...added.map(text => `+${text}`)]
  })
}
