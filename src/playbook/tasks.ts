/** A task of a playbook file, including the tags and conditions of its blocks. */
export interface Task {
  readonly fields: Readonly<Record<string, unknown>>
  /** The tags of the task and its blocks. */
  readonly tags: readonly string[]
  /** The joined conditions of the task and its blocks. */
  readonly when: string
}

/** The tasks of a parsed task file, with blocks resolved. Returns none for other content. */
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
