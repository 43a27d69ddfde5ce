import { isRecord, type JsonRecord } from '../support/json.ts'

/** A task of a playbook file, with what its enclosing blocks add. */
export interface Task {
  readonly fields: JsonRecord
  /** The task's own and its blocks' tags. */
  readonly tags: readonly string[]
  /** The task's own and its blocks' conditions, joined. */
  readonly when: string
}

/** The tasks of a parsed task file, blocks resolved. Anything else gives none. */
export function flattenTasks(parsed: unknown, tags: readonly string[] = [], when = ''): Task[] {
  if (!Array.isArray(parsed)) return []
  return parsed.flatMap((entry: unknown) => {
    if (!isRecord(entry)) return []
    const own = {
      tags: [...tags, ...[entry.tags ?? []].flat().map(String)],
      when: [when, ...[entry.when ?? []].flat().map(String)].filter(Boolean).join(' and '),
    }
    if (Array.isArray(entry.block)) return flattenTasks(entry.block, own.tags, own.when)
    return [{ fields: entry, ...own }]
  })
}
