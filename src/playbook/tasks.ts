/** A task of a playbook file, with what its enclosing blocks add. */
export interface Task {
  readonly fields: Readonly<Record<string, unknown>>
  /** The task's own and its blocks' tags. */
  readonly tags: readonly string[]
  /** The task's own and its blocks' conditions, joined. */
  readonly when: string
}

/** The tasks of a parsed task file, blocks resolved. Anything else gives none. */
export function flattenTasks(parsed: unknown, tags: readonly string[] = [], when = ''): Task[] {
  if (!Array.isArray(parsed)) return []
  return parsed.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return []
    const fields = Object.fromEntries(Object.entries(entry))
    const own = {
      tags: [...tags, ...[fields.tags ?? []].flat().map(String)],
      when: [when, ...[fields.when ?? []].flat().map(String)].filter(Boolean).join(' and '),
    }
    if (Array.isArray(fields.block)) return flattenTasks(fields.block, own.tags, own.when)
    return [{ fields, ...own }]
  })
}
